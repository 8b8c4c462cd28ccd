import fc, { type Arbitrary } from 'fast-check'
import { type FilterNode, type Group } from '#core/filters'
import { days, tiers, words } from './random_rows.js'

/** Fields by the kind of their values; paths lead through references to other objects. */
const fields: Record<string, Record<string, string[]>> = {
  filterPerson: {
    integer: ['id', 'age', 'city.population', 'city.country.population'],
    decimal: ['height'],
    money: ['balance'],
    text: ['name', 'nickname', 'initials', 'city.name', 'city.country.name'],
    date: ['born'],
    datetime: ['seen'],
    flag: ['vip'],
    choice: ['tier'],
    reference: ['city', 'city.country'],
  },
  filterCity: {
    integer: ['id', 'population', 'country.population'],
    text: ['name', 'country.name'],
    reference: ['country'],
  },
  filterOrder: {
    integer: ['id', 'user.age'],
    money: ['total', 'user.balance'],
    text: ['note', 'status', 'city.name', 'user.city.name'],
    datetime: ['placed', 'user.seen'],
    date: ['user.born'],
    flag: ['paid'],
    reference: ['city', 'user'],
  },
  filterLine: {
    integer: ['id'],
    decimal: ['quantity'],
    money: ['amount', 'order.total'],
    text: ['good', 'order.note', 'order.user.name'],
    reference: ['order'],
  },
}

const relations: Record<string, { name: string; to: string; sums: string[] }[]> = {
  filterPerson: [{ name: 'orders', to: 'filterOrder', sums: ['total'] }],
  filterCity: [
    { name: 'people', to: 'filterPerson', sums: ['age', 'balance', 'height'] },
    { name: 'towns', to: 'filterCity', sums: ['population'] },
    { name: 'orders', to: 'filterOrder', sums: ['total'] },
  ],
  filterOrder: [{ name: 'lines', to: 'filterLine', sums: ['amount', 'quantity'] }],
  filterLine: [],
}

const integer = (max: number, min = 0) => fc.integer({ min, max }).map(String)
const day = fc.constantFrom(...days)
const values: Record<string, Arbitrary<string>> = {
  integer: fc.oneof(integer(60, -10), fc.constantFrom('100', '300', '1 000')),
  decimal: integer(80).map((quarters) => (Number(quarters) / 4).toFixed(2)),
  money: integer(60, -10).map((twentieths) => (Number(twentieths) / 4).toFixed(2)),
  text: fc.oneof(
    fc.constantFrom(...words.filter(Boolean), '%', '_', 'ё', 'ЕЛ', 'емёнов', 'Пере', 'er', '\\%'),
    fc.string({ minLength: 1, maxLength: 8 }).filter((term) => /^[^\p{C}\s]+$/u.test(term))
  ),
  date: day,
  datetime: fc.oneof(day, fc.tuple(day, fc.constantFrom('05:15', '09:30', '09:30:20', '23:59')).map((two) => two.join('T'))),
  flag: fc.constantFrom('1', '0', 'true', 'no'),
  choice: fc.constantFrom(...tiers),
  reference: integer(15, 1),
}

const one = ['equal', 'notEqual']
const ordered = ['greater', 'atLeast', 'less', 'atMost']
const list = ['in', 'notIn']
const blank = ['empty', 'notEmpty']
const calendar = ['today', 'yesterday', 'thisWeek', 'thisMonth', 'lastMonth', 'thisYear']
const counted = ['lastDays', 'nextDays', 'olderThanDays', 'anniversary']
const operators: Record<string, string[]> = {
  integer: [...one, ...ordered, 'between', ...list, ...blank],
  decimal: [...one, ...ordered, 'between', ...list, ...blank],
  money: [...one, ...ordered, 'between', ...list, ...blank],
  text: [...one, ...ordered, ...list, ...blank, 'contains', 'notContains', 'startsWith'],
  date: [...one, ...ordered, 'between', ...list, ...blank, ...counted, ...calendar],
  datetime: [...one, ...ordered, 'between', ...blank, ...counted, ...calendar],
  flag: [...one, ...blank],
  choice: [...one, ...list, ...blank],
  reference: [...one, ...list, ...blank],
}

export function filters(object = 'filterPerson', levels = 4): Arbitrary<Group> {
  return fc.record({
    logic: fc.constantFrom('and' as const, 'or' as const),
    of: fc.array(nodes(object, levels - 1), { maxLength: levels > 2 ? 3 : 2 }),
  })
}

function nodes(object: string, levels: number): Arbitrary<FilterNode> {
  const condition = { weight: 5, arbitrary: conditions(object) }
  if (levels < 1) return condition.arbitrary
  const group = { weight: 2, arbitrary: fc.constant(null).chain(() => filters(object, levels)) as Arbitrary<FilterNode> }
  const relation = relations[object].map((known) => ({ weight: 2, arbitrary: relationConditions(known, levels) as Arbitrary<FilterNode> }))
  return fc.oneof(condition, group, ...relation)
}

function conditions(object: string): Arbitrary<FilterNode> {
  const known = Object.entries(fields[object]).flatMap(([type, names]) => names.map((field) => ({ type, field })))
  return fc.constantFrom(...known).chain(({ type, field }) =>
    fc.constantFrom(...operators[type]).chain((operator) =>
      valuesOf(type, operator).map((value) => ({ field, operator, ...(value.length ? { value } : {}) }))
    )
  )
}

function valuesOf(type: string, operator: string): Arbitrary<string[]> {
  if ([...blank, ...calendar].includes(operator)) return fc.constant([])
  if (counted.includes(operator)) return fc.tuple(fc.oneof(integer(40), fc.constantFrom('0', '364', '365', '20000')))
  if (operator === 'between') return fc.tuple(values[type], values[type]).map(inOrder(type))
  if (list.includes(operator)) return fc.array(values[type], { minLength: 1, maxLength: 5 })
  return fc.tuple(values[type])
}

function relationConditions(known: (typeof relations)[string][number], levels: number) {
  const where: Arbitrary<Group> = fc.constant(null).chain(() => filters(known.to, levels - 1))
  const relation = known.name
  const compare = fc.constantFrom('equal', 'notEqual', ...ordered)
  const count = integer(4, -1).map((value) => [value])
  const sum = integer(60).map((value) => [value])
  return fc.oneof(
    fc.record({ relation: fc.constant(relation), operator: fc.constantFrom('exists', 'notExists'), where }),
    fc.record({ relation: fc.constant(relation), operator: fc.constantFrom('atLeastOne', 'none') }),
    fc.record({ relation: fc.constant(relation), operator: fc.constant('count'), where, compare, value: count }),
    fc.record({
      relation: fc.constant(relation),
      operator: fc.constant('count'),
      compare: fc.constant('between'),
      value: fc.constantFrom(['0', '1'], ['1', '3'], ['2', '2'], ['0', '0']),
    }),
    fc.record({
      relation: fc.constant(relation),
      operator: fc.constant('sum'),
      field: fc.constantFrom(...known.sums),
      where,
      compare,
      value: sum,
    })
  )
}

function inOrder(type: string) {
  const number = (value: string) => Number(value.replace(/\s/g, ''))
  const isDate = type === 'date' || type === 'datetime'
  return (pair: string[]) => [...pair].sort(isDate ? undefined : (left, right) => number(left) - number(right))
}
