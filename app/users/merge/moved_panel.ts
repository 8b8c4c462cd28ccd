import { identifier, row, rows, sql, type Sql } from '#core/database'
import { tellChanges } from '#core/history'
import { hidden, integer, nameOf, objects, show, worded, type Panel, type Reader } from '#core/objects'
import { type ConsentState } from './consents_of.js'
import { type Moved } from './moved.js'

/** What a merge moved, and therefore what undoing it gives back. */
export const movedPanel: Panel = { name: 'moved', tab: 'moved', view: 'users::components/merge_moved', load: movedBy }

interface Kept {
  id: number
  into: number
  from: number
  moved: Partial<Moved>
  undoneAt: Date | null
}

async function movedBy(id: number, reader: Reader) {
  const kept = (await row<Kept>(
    sql`select id, user_id as into, merged_id as "from", moved, undone_at as "undoneAt" from user_merges where id = ${id}`
  ))!
  const { into, from, moved } = kept
  if (!moved.identifiers) return { into, from, undone: kept.undoneAt !== null, known: false }
  const values = await tellChanges('user', into, moved.fields!, reader)
  return {
    into,
    from,
    undone: false,
    known: true,
    identifiers: await identifiersIn(kept, reader),
    values,
    labels: await labelsIn(moved.labels!, reader),
    consents: stricter(moved.consents!.before, moved.consents!.after, reader),
    facts: await factsOf(from, reader),
  }
}

/** Those that the merged customer had. */
async function identifiersIn({ from, moved }: Kept, reader: Reader) {
  const theirs = moved.identifiers!.filter(({ userId }) => userId === from)
  const found = await rows<{ id: number; type: string; value: string }>(
    sql`select id, type, value from user_identifiers where id = any(${theirs.map(({ id }) => id)}::bigint[]) order by type, id`
  )
  const field = objects.get('identifier').fields.get('value')!
  return found.map(({ id, type, value }) => ({
    type: worded(reader, `identifier.choices.type.${type}`) ?? type,
    value: hidden(field, reader) ? '•••' : value,
    retired: theirs.some((one) => one.id === id && one.active && !one.activeNow),
  }))
}

async function labelsIn(ids: number[], reader: Reader) {
  const name = reader.locale === 'ru' ? sql`coalesce(name_ru, name_en)` : sql`coalesce(name_en, name_ru)`
  const found = await rows<{ name: string }>(sql`select ${name} as name from labels where id = any(${ids}::bigint[]) order by position`)
  return found.map(({ name: called }) => called)
}

/** What the one who stays had agreed to, and the merged one had not. */
function stricter(before: ConsentState, after: ConsentState, reader: Reader): string[] {
  const say = (what: string, values = {}) => reader.t(`user_merge.stricter.${what}`, values)
  const left = after.unsubscribes.length - before.unsubscribes.length
  return [
    before.personalData && !after.personalData && say('personalData'),
    before.communication && !after.communication && say('communication'),
    before.regime !== after.regime && say('regime'),
    left > 0 && say('unsubscribes', { count: left }),
    after.campaigns.length > before.campaigns.length && say('campaigns', { count: after.campaigns.length - before.campaigns.length }),
  ].filter((words) => words !== false)
}

/** What was written of the merged customer keeps their number, and is read with the other one. */
async function factsOf(from: number, reader: Reader) {
  const pointing = objects.all().flatMap((object) =>
    [...object.fields.values()]
      .filter(({ to, exact, inverse, sql: computed, attribute }) => to === 'user' && !exact && !computed && !attribute && inverse && !inverse.own)
      .map((field) => ({ object, column: field.column }))
  )
  const known = pointing.filter(({ object }) => reader.reads(object.name))
  const counted = await Promise.all(
    known.map(async ({ object, column }) => {
      const found = await row<{ count: number }>(countOf(object.table, column, from))
      return { name: nameOf(object, 'many', reader), count: found!.count }
    })
  )
  return counted.filter(({ count }) => count > 0).map(({ name, count }) => ({ name, count: show(integer(), count, reader) }))
}

const countOf = (table: string, column: string, user: number): Sql =>
  sql`select count(*) as count from ${identifier(table)} t where t.${identifier(column)} = ${user}`
