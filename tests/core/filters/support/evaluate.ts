import { DateTime } from 'luxon'
import { type Condition, type FilterNode, type Group, type RelationCondition } from '#core/filters'
import { now, timezone, type Stored, type Rows } from './random_rows.js'

/**
 * What a filter means, said a second time in plain JavaScript over rows in memory, without a look at the compiler: dates are
 * compared as local wall-clock text, text letter by letter, relations by loops.
 */
export function evaluate(group: Group, rows: Rows, object: string): number[] {
  const world = worldOf(rows)
  const asked = world[object]
  return asked.rows.filter((row) => asked.alive(row) && holds(group, row, asked, world)).map(({ id }) => id)
}

interface Kind {
  rows: Stored[]
  alive: (row: Stored) => boolean
  fields: Record<string, { type: string; value: (row: Stored) => any; to?: string }>
  relations: Record<string, { to: string; points: (theirs: Stored, ours: Stored) => boolean }>
}

type World = Record<string, Kind>

const column = (type: string, name: string, to?: string) => ({ type, value: (row: Stored) => row[name], to })

/** Facts keep the id that they were written with; it means whoever that person became. */
const whoIs = (id: number | null, { people }: Rows) => (id === null ? null : (people[id - 1].canonical_id ?? id))

const worldOf = (rows: Rows): World => ({
  filterPerson: {
    rows: rows.people,
    alive: (row) => row.deleted_at === null,
    fields: {
      id: column('number', 'id'), name: column('text', 'name'), nickname: column('text', 'nickname'),
      initials: { type: 'text', value: (row) => row.name && [...row.name].slice(0, 2).join('') },
      age: column('number', 'age'), balance: column('money', 'balance'), height: column('number', 'height'),
      born: column('date', 'born'), seen: column('datetime', 'seen'), vip: column('flag', 'vip'), tier: column('choice', 'tier'),
      city: column('reference', 'city_id', 'filterCity'),
    },
    relations: { orders: { to: 'filterOrder', points: (theirs, ours) => whoIs(theirs.user_id, rows) === ours.id } },
  },
  filterCity: {
    rows: rows.cities,
    alive: (row) => !row.closed,
    fields: {
      id: column('number', 'id'), name: column('text', 'name'), population: column('number', 'population'),
      country: column('reference', 'country_id', 'filterCity'),
    },
    relations: {
      people: { to: 'filterPerson', points: (theirs, ours) => theirs.city_id === ours.id },
      towns: { to: 'filterCity', points: (theirs, ours) => theirs.country_id === ours.id },
      orders: { to: 'filterOrder', points: (theirs, ours) => theirs.city_id === ours.id },
    },
  },
  filterOrder: {
    rows: rows.orders,
    alive: (row) => row.status !== 'draft',
    fields: {
      id: column('number', 'id'), user: { type: 'reference', value: (row) => whoIs(row.user_id, rows), to: 'filterPerson' },
      city: column('reference', 'city_id', 'filterCity'),
      total: column('money', 'total'), placed: column('datetime', 'placed'), paid: column('flag', 'paid'),
      note: column('text', 'note'), status: column('text', 'status'),
    },
    relations: {
      lines: {
        to: 'filterLine',
        points: (theirs, ours) => theirs.order_id === ours.id && theirs.user_id !== null && theirs.user_id === ours.user_id,
      },
    },
  },
  filterLine: {
    rows: rows.lines,
    alive: () => true,
    fields: {
      id: column('number', 'id'), order: column('reference', 'order_id', 'filterOrder'), good: column('text', 'good'),
      quantity: column('number', 'quantity'), amount: column('money', 'amount'),
    },
    relations: {},
  },
})

function holds(node: FilterNode, row: Stored, kind: Kind, world: World): boolean {
  if ('of' in node) return groupHolds(node, row, kind, world)
  return 'relation' in node ? relationHolds(node, row, kind, world) : conditionHolds(node, row, kind, world)
}

function groupHolds({ logic, of }: Group, row: Stored, kind: Kind, world: World) {
  const said = of.filter(says)
  if (!said.length) return true
  return logic === 'and'
    ? said.every((node) => holds(node, row, kind, world))
    : said.some((node) => holds(node, row, kind, world))
}

const says = (node: FilterNode): boolean => !('of' in node) || node.of.some(says)

function relationHolds(node: RelationCondition, row: Stored, kind: Kind, world: World) {
  const { to, points } = kind.relations[node.relation]
  const other = world[to]
  const where = node.where ?? { logic: 'and', of: [] }
  const found = other.rows.filter(
    (theirs) => other.alive(theirs) && points(theirs, row) && holds(where, theirs, other, world)
  )
  if (node.operator === 'exists' || node.operator === 'atLeastOne') return found.length > 0
  if (node.operator === 'notExists' || node.operator === 'none') return found.length === 0
  const field = node.field ? other.fields[node.field] : undefined
  const outcome = field ? found.reduce((sum, one) => sum + Number(field.value(one) ?? 0), 0) : found.length
  const numbers = node.value!.map((value) => Number(value) * (field?.type === 'money' ? 100 : 1))
  return compared(node.compare!, outcome, numbers)
}

function conditionHolds({ field: path, operator, value = [] }: Condition, row: Stored, kind: Kind, world: World) {
  const found = follow(path.split('.'), row, kind, world)
  if (operator.startsWith('not') && operator !== 'notEmpty') {
    return !meets(positive[operator], found.type, found.value, value)
  }
  if (operator === 'empty') return !meets('notEmpty', found.type, found.value, value)
  return meets(operator, found.type, found.value, value)
}

const positive: Record<string, string> = { notEqual: 'equal', notIn: 'in', notContains: 'contains' }

function follow([name, ...rest]: string[], row: Stored, kind: Kind, world: World): { type: string; value: any } {
  const field = kind.fields[name]
  const value = field.value(row)
  if (!rest.length) return { type: field.type, value }
  const next = world[field.to!]
  const target = next.rows.find((one) => one.id === value && next.alive(one) && tied(field.to!, row, one))
  if (target) return follow(rest, target, next, world)
  return { type: typeAt(rest, next, world), value: null }
}

/** A line belongs to its order only while both name one customer. */
const tied = (to: string, row: Stored, target: Stored) =>
  to !== 'filterOrder' || (row.user_id !== null && row.user_id === target.user_id)

function typeAt([name, ...rest]: string[], kind: Kind, world: World): string {
  const field = kind.fields[name]
  return rest.length ? typeAt(rest, world[field.to!], world) : field.type
}

/** Plain operators only; an empty value meets none of them. */
function meets(operator: string, type: string, value: any, asked: string[]): boolean {
  if (value === null || value === undefined) return false
  if (operator === 'notEmpty') return value !== ''
  if (type === 'text') return textSays(operator, value, asked)
  if (type === 'date') return dateSays(operator, value, asked)
  if (type === 'datetime') return dateSays(operator, local(value), asked)
  if (type === 'flag') return value === ['1', 'true', 'yes'].includes(asked[0])
  if (type === 'choice') return asked.includes(value)
  const scale = type === 'money' ? 100 : 1
  return compared(operator, Number(value), asked.map((one) => Number(one.replace(/\s/g, '')) * scale))
}

function compared(operator: string, value: number, asked: number[]): boolean {
  const [first, second] = asked
  const meanings: Record<string, boolean> = {
    equal: value === first, notEqual: value !== first, in: asked.includes(value), greater: value > first, atLeast: value >= first,
    less: value < first, atMost: value <= first, between: value >= first && value <= second,
  }
  return meanings[operator]
}

function textSays(operator: string, value: string, asked: string[]): boolean {
  const [term] = asked
  const order = byCodePoint(value, term)
  const meanings: Record<string, () => boolean> = {
    equal: () => value === term, in: () => asked.includes(value), contains: () => folded(value).includes(folded(term)),
    startsWith: () => folded(value).startsWith(folded(term)), greater: () => order > 0, atLeast: () => order >= 0,
    less: () => order < 0, atMost: () => order <= 0,
  }
  return meanings[operator]()
}

const folded = (value: string) => [...value].map((letter) => letter.toLowerCase().replace('ё', 'е')).join('')

function byCodePoint(left: string, right: string) {
  return Buffer.compare(Buffer.from(left), Buffer.from(right))
}

/** Wall-clock text of a zone: as precise as what it is compared with. */
const local = (moment: string) => DateTime.fromISO(moment).setZone(timezone).toFormat("yyyy-MM-dd'T'HH:mm:ss")
const today = DateTime.fromJSDate(now).setZone(timezone)
const dayAt = (offset: number) => today.plus({ days: offset }).toISODate()!

function dateSays(operator: string, value: string, asked: string[]): boolean {
  const [first, second] = asked
  const like = (pattern: string) => value.slice(0, pattern.length)
  const day = value.slice(0, 10)
  const count = Number(first)
  const meanings: Record<string, () => boolean> = {
    equal: () => like(first) === first, in: () => asked.includes(value), greater: () => like(first) > first,
    atLeast: () => value >= first, less: () => value < first, atMost: () => like(first) <= first,
    between: () => value >= first && like(second) <= second, today: () => day === dayAt(0),
    yesterday: () => day === dayAt(-1), thisWeek: () => weekOf(day) === weekOf(dayAt(0)), thisYear: () => day.slice(0, 4) === dayAt(0).slice(0, 4),
    thisMonth: () => day.slice(0, 7) === dayAt(0).slice(0, 7), lastMonth: () => monthAfter(day) === dayAt(0).slice(0, 7), lastDays: () => day >= dayAt(-count) && day <= dayAt(0),
    nextDays: () => day >= dayAt(0) && day <= dayAt(count), olderThanDays: () => day < dayAt(-count),
    anniversary: () => celebrates(day, count),
  }
  return meanings[operator]()
}

/** Days since a Monday long ago, by sevens. */
const weekOf = (day: string) => Math.floor((Date.parse(day) - Date.parse('1900-01-01')) / 604_800_000)

const monthAfter = (day: string) => {
  const [year, month] = day.split('-').map(Number)
  return month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, '0')}`
}

/** Tries every day to come; 29 February is kept on 1 March in a common year. */
function celebrates(born: string, days: number) {
  return Array.from({ length: Math.min(days, 366) + 1 }, (_, offset) => today.plus({ days: offset })).some((one) => {
    const here = one.toFormat('MM-dd')
    return here === born.slice(5) || (here === '03-01' && born.endsWith('02-29') && !one.isInLeapYear)
  })
}
