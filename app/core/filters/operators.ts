import { raw, sql } from '#core/database'
import { type Extent, type Field } from '#core/objects'
import * as comparisons from './comparisons.js'
import { type Meaning } from './meaning.js'
import { type Clock, type Operand } from './operand.js'
import { anniversary, day, daysOfYear, lastDays, lastMonth, month, nextDays, olderThan, period, week, year, yesterday } from './periods.js'
import { contains, either, startsWith } from './text_search.js'

export interface Operator {
  /** Label: `operators.<name>`; in a sentence: `filters.phrases.<name>`. */
  name: string
  /** Names of the field types that it fits. */
  types: string[]
  /** How many values it takes. */
  arity: 0 | 1 | 2 | 'many'
  sql: Meaning
  /** It holds exactly where that operator does not, so rows without a value are among its own. */
  negates?: Operator
  /** Its value is a number of days, whatever the type of the field. */
  days?: boolean
  /** It looks for a part of a text: the index of the quick search may narrow it (compile.ts). */
  searches?: boolean
  /** Makes values for SQL where they are more than typed values of the field. */
  operands?: (values: string[], field: Field, clock: Clock) => Operand[]
}

const NUMBERS = ['integer', 'decimal', 'money']
const DATES = ['date', 'datetime']
const ORDERED = [...NUMBERS, ...DATES, 'text']
const ALL = [...ORDERED, 'flag', 'choice', 'reference']

/** The values as they may be kept. */
const spellings = ({ spelled }: Field, operands: Operand[], extent: Extent): unknown[] =>
  operands.flatMap(({ value }) => spelled?.(String(value), extent) ?? [value])

const oneOf: Meaning = (x, operands, { field }) => sql`${x} = any(${spellings(field, operands, 'whole')}::${raw(field.type.sqlType)}[])`

const equal: Operator = {
  name: 'equal',
  types: ALL,
  arity: 1,
  sql: (x, operands, about) => (about.field.spelled ? oneOf(x, operands, about) : comparisons.equal(x, operands)),
}

const among: Operator = { name: 'in', types: [...NUMBERS, 'text', 'date', 'choice', 'reference'], arity: 'many', sql: oneOf }

const containing: Operator = {
  name: 'contains',
  types: ['text'],
  arity: 1,
  searches: true,
  sql: (x, terms, { field }) => either(spellings(field, terms, 'part').map((term) => contains(x, String(term)))),
}

const startingWith: Operator = {
  name: 'startsWith',
  types: ['text'],
  arity: 1,
  searches: true,
  sql: (x, terms, { field }) => either(spellings(field, terms, 'beginning').map((term) => startsWith(x, String(term)))),
}

const filled: Operator = {
  name: 'notEmpty',
  types: ALL,
  arity: 0,
  sql: (x, _operands, { field }) => (field.type.name === 'text' ? sql`${x} <> ''` : sql`${x} is not null`),
}

/** Every operator on a field (F10, F12), in the order in which they are offered. A new one is one row. */
export const operators: Operator[] = [
  equal,
  not(equal, 'notEqual'),
  among,
  not(among, 'notIn'),
  containing,
  not(containing, 'notContains'),
  startingWith,
  { name: 'greater', types: ORDERED, arity: 1, sql: comparisons.greater },
  { name: 'atLeast', types: ORDERED, arity: 1, sql: comparisons.atLeast },
  { name: 'less', types: ORDERED, arity: 1, sql: comparisons.less },
  { name: 'atMost', types: ORDERED, arity: 1, sql: comparisons.atMost },
  { name: 'between', types: [...NUMBERS, ...DATES], arity: 2, sql: comparisons.between },
  { name: 'today', types: DATES, arity: 0, sql: comparisons.equal, operands: period(day) },
  { name: 'yesterday', types: DATES, arity: 0, sql: comparisons.equal, operands: period(yesterday) },
  { name: 'thisWeek', types: DATES, arity: 0, sql: comparisons.equal, operands: period(week) },
  { name: 'thisMonth', types: DATES, arity: 0, sql: comparisons.equal, operands: period(month) },
  { name: 'lastMonth', types: DATES, arity: 0, sql: comparisons.equal, operands: period(lastMonth) },
  { name: 'thisYear', types: DATES, arity: 0, sql: comparisons.equal, operands: period(year) },
  { name: 'lastDays', types: DATES, arity: 1, days: true, sql: comparisons.equal, operands: period(lastDays) },
  { name: 'nextDays', types: DATES, arity: 1, days: true, sql: comparisons.equal, operands: period(nextDays) },
  { name: 'olderThanDays', types: DATES, arity: 1, days: true, sql: comparisons.less, operands: period(olderThan) },
  { name: 'anniversary', types: DATES, arity: 1, days: true, sql: anniversary, operands: daysOfYear },
  not(filled, 'empty', (x, _operands, { field }) =>
    field.type.name === 'text' ? sql`(${x} is null or ${x} = '')` : sql`${x} is null`
  ),
  filled,
]

/** `written` says the same in a form that an index serves. */
function not(negates: Operator, name: string, written?: Meaning): Operator {
  return {
    ...negates,
    name,
    negates,
    sql: written ?? ((x, operands, about) => sql`(${negates.sql(x, operands, about)}) is not true`),
  }
}

export function operatorsFor(field: Field): Operator[] {
  return operators.filter(({ types }) => types.includes(field.type.name))
}
