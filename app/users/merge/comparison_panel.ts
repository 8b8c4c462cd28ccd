import { row, rows, sql } from '#core/database'
import { find, hidden, isMasked, labelOf, objects, show, worded, type Field, type Panel, type Reader, type Values } from '#core/objects'
import { mergedFields, stored } from './chosen_values.js'

export const comparisonPanel: Panel = { name: 'comparison', tab: 'comparison', view: 'users::components/comparison', load: comparison }

interface Pair {
  id: number
  user: number
  other: number
  state: string
}

interface Held {
  id: number
  userId: number
  type: string
  value: string
  active: boolean
  confirmed: boolean
}

/** Both customers side by side: what differs is chosen, what is equal or empty on one side needs no choice. */
async function comparison(id: number, reader: Reader) {
  const pair = (await row<Pair>(sql`select id, user_id as user, other_id as other, state from user_duplicates where id = ${id}`))!
  const user = objects.get('user')
  const [one, other] = [await find(user, pair.user, reader), await find(user, pair.other, reader)]
  if (!one || !other) return { pair, gone: true }
  const fields = [...mergedFields(), ...shownBeside.map((name) => user.fields.get(name)!)]
  return {
    pair,
    gone: false,
    open: pair.state === 'open',
    sides: [one, other].map(({ id: side }) => ({ id: side, href: `/users/${side}` })),
    rows: fields.map((field) => lineOf(field, one, other, reader)).filter(({ values }) => values.some((words) => words !== '')),
    contacts: await contactsOf([pair.user, pair.other], reader),
    suggested: suggested(one, other),
  }
}

/** Looked at, not chosen: the stricter of them holds, or they add up. */
const shownBeside = ['status', 'personalDataAgree', 'communicationAgree', 'receiptsCount', 'receiptsTotal', 'createdAt']

function lineOf(field: Field, one: Values, other: Values, reader: Reader) {
  const words = ({ [field.name]: value }: Values) => inWords(field, value, reader)
  const choosable = !shownBeside.includes(field.name) && !hidden(field, reader)
  const differs = String(stored(one[field.name])) !== String(stored(other[field.name]))
  return {
    name: field.name,
    label: labelOf(field, reader),
    values: [words(one), words(other)],
    chosen: choosable && differs && words(one) !== '' && words(other) !== '',
    differs,
  }
}

function inWords(field: Field, value: unknown, reader: Reader): string {
  if (value === null || value === undefined || value === '') return ''
  return isMasked(value) ? value.masked : field.type.show(value as never, field, reader)
}

/** Who has more purchases, and of equals who came first, is proposed to stay. */
function suggested(one: Values & { id: number }, other: Values & { id: number }): number {
  return Number(other.receiptsCount ?? 0) > Number(one.receiptsCount ?? 0) ? other.id : one.id
}

/** Types of which both have an active identifier: one of them becomes the main one. */
async function contactsOf(users: number[], reader: Reader) {
  const held = await rows<Held>(
    sql`select id, user_id as "userId", type, value, active, confirmed from user_identifiers where user_id = any(${users}::bigint[]) order by type, id`
  )
  const value = objects.get('identifier').fields.get('value')!
  const types = [...new Set(held.map(({ type }) => type))]
  return types.map((type) => {
    const ones = held.filter((one) => one.type === type)
    const active = ones.filter((one) => one.active)
    return {
      type,
      label: worded(reader, `identifier.choices.type.${type}`) ?? type,
      chosen: new Set(active.map(({ userId }) => userId)).size > 1,
      sides: users.map((user) =>
        ones
          .filter(({ userId }) => userId === user)
          .map((one) => ({ ...one, value: hidden(value, reader) ? '•••' : show(value, one.value, reader) }))
      ),
    }
  })
}
