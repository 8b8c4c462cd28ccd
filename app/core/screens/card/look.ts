import { recordChange } from '#core/audit'
import { tally } from '#core/access'
import { TooManyRequests } from '#core/http'
import { hidden, type Actor, type ObjectDefinition, type Reader } from '#core/objects'

const HOUR = 60 * 60

/** Looks an hour: a busy call centre stays below, somebody who copies the base does not. */
const MOST_LOOKS = 150

/** Personal fields of an object that this reader may not see. */
export const hiddenFields = (object: ObjectDefinition, reader: Reader) =>
  [...object.fields.values()].filter((field) => hidden(field, reader) && !field.secret).map(({ name }) => name)

/** Writes down that somebody looked at personal data of a row. Throws `TooManyRequests`; the first refusal of an hour is written down too. */
export async function look(object: ObjectDefinition, id: number, fields: string[], actor: Actor) {
  const { count, left } = await tally(`reveal:${actor.staffId}`, HOUR)
  if (count > MOST_LOOKS + 1) throw new TooManyRequests(left)
  const action = count > MOST_LOOKS ? 'revealRefused' : 'reveal'
  await recordChange({ actor, action, object: object.name, id, after: { fields } })
  if (count > MOST_LOOKS) throw new TooManyRequests(left)
}

/** The same reader, to whom the rows of this object are open. */
export const shownTo = (reader: Reader, object: ObjectDefinition): Reader => ({
  ...reader,
  knows: (name) => name === object.name || reader.knows(name),
})
