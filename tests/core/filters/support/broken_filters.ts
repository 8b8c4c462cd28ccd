import fc, { type Arbitrary } from 'fast-check'
import { type Group } from '#core/filters'
import { filters } from './random_filters.js'

type Broken = { name: string; filter: unknown }

const condition = { field: 'age', operator: 'equal', value: ['5'] }
const hostile = ['', 'id; drop table filter_people', '__proto__', 'constructor', 'toString', '"id"', "' or 1=1 --", 'name.', '.name', 'city', 'city.', 'age.id', 'orders.id', '😀', '\u0000']

/** A good filter into which one node was put that no filter may hold. */
export const brokenFilters: Arbitrary<Broken> = fc
  .tuple(filters(), fc.oneof(wrongConditions(), wrongRelations(), wrongShapes()), fc.nat(3))
  .map(([filter, wrong, deep]) => ({ name: JSON.stringify(wrong), filter: buried(filter, wrong, deep) }))

/** Into a group of its own, some levels down, or behind a relation. */
function buried(filter: Group, wrong: unknown, deep: number): unknown {
  if (deep === 0) return { ...filter, of: [...filter.of, wrong] }
  if (deep === 1) return { logic: 'and', of: [{ logic: 'or', of: [wrong, filter] }] }
  if (deep === 2) return { logic: 'or', of: [filter, { logic: 'and', of: [{ logic: 'and', of: [wrong] }] }] }
  return { logic: 'and', of: [filter, { relation: 'orders', operator: 'exists', where: { logic: 'and', of: [wrong] } }] }
}

function wrongConditions(): Arbitrary<unknown> {
  const change = (part: string, values: Arbitrary<unknown>) => values.map((value) => ({ ...condition, [part]: value }))
  return fc.oneof(
    change('field', fc.constantFrom(...hostile.filter((field) => field !== 'city'), 'a.b.c.d.e.f.g.h')),
    change('field', fc.oneof(fc.integer(), fc.constant(null), fc.object(), fc.array(fc.string()))),
    change('operator', fc.constantFrom(...hostile, 'contains', 'lastDays', 'exists', '= 1 or 1')),
    change('value', fc.constantFrom([], ['1', '2'], ['abc'], ['1.5'], [''], ['9e99'], ['1; drop table'], ['\u0000'])),
    change('value', fc.oneof(fc.string(), fc.integer(), fc.constant(null), fc.array(fc.integer(), { minLength: 1 }))),
    change('surplus', fc.anything().filter((value) => value !== undefined)),
    fc.constantFrom(
      { field: 'born', operator: 'equal', value: ['31.02.2020'] },
      { field: 'born', operator: 'between', value: ['2020-01-02', '2020-01-01'] },
      { field: 'age', operator: 'between', value: ['10', '9'] },
      { field: 'born', operator: 'lastDays', value: ['-1'] },
      { field: 'born', operator: 'lastDays', value: ['1e9'] },
      { field: 'born', operator: 'today', value: ['1'] },
      { field: 'seen', operator: 'equal', value: ['0001-01-01'] },
      { field: 'name', operator: 'contains', value: ['a\u0000b'] },
      { field: 'name', operator: 'equal', value: ['\ud800'] },
      { field: 'tier', operator: 'in', value: ['gold', 'platinum'] },
      { field: 'city', operator: 'equal', value: ['0'] },
      { field: 'vip', operator: 'equal', value: ['maybe'] },
      { field: 'height', operator: 'equal', value: ['1.234'] },
      { field: 'name', operator: 'in', value: Array.from({ length: 1001 }, () => 'a') },
      { field: 'name', operator: 'equal', value: ['a'.repeat(1001)] }
    )
  )
}

function wrongRelations(): Arbitrary<unknown> {
  return fc.constantFrom(
    ...hostile.map((relation) => ({ relation, operator: 'exists' })),
    { relation: 'filterOrder', operator: 'exists' },
    { relation: 'orders', operator: 'equal' },
    { relation: 'orders', operator: 'count' },
    { relation: 'orders', operator: 'count', compare: 'contains', value: ['1'] },
    { relation: 'orders', operator: 'count', compare: 'equal', value: [] },
    { relation: 'orders', operator: 'count', compare: 'equal', value: ['1.5'] },
    { relation: 'orders', operator: 'count', compare: 'equal', value: ['1'], field: 'total' },
    { relation: 'orders', operator: 'count', compare: 'between', value: ['3', '1'] },
    { relation: 'orders', operator: 'sum', compare: 'equal', value: ['1'] },
    { relation: 'orders', operator: 'sum', compare: 'equal', value: ['1'], field: 'note' },
    { relation: 'orders', operator: 'sum', compare: 'equal', value: ['1'], field: 'id' },
    { relation: 'orders', operator: 'sum', compare: 'equal', value: ['1'], field: 'city.population' },
    { relation: 'orders', operator: 'none', where: { logic: 'and', of: [{ field: 'paid', operator: 'empty' }] } },
    { relation: 'orders', operator: 'exists', compare: 'equal' },
    { relation: 'orders', operator: 'exists', value: ['1'] },
    { relation: 'orders', operator: 'exists', where: [] },
    { relation: 'orders', operator: 'exists', where: { field: 'paid', operator: 'empty' } }
  )
}

function wrongShapes(): Arbitrary<unknown> {
  return fc.oneof(
    fc.constantFrom(null, 1, 'id = 1', [], {}, { of: [] }, { logic: 'and' }, { logic: 'xor', of: [] }, { logic: 'and', of: {} }),
    fc.constantFrom(
      JSON.parse('{"__proto__": {"of": []}, "field": "age"}'),
      JSON.parse('{"logic": "and", "of": [], "__proto__": {"admin": true}}'),
      JSON.parse('{"constructor": {"prototype": {}}, "field": "age", "operator": "empty"}')
    ),
    fc.integer({ min: 10, max: 60 }).map(nested),
    fc.integer({ min: 201, max: 400 }).map((length) => ({ logic: 'and', of: Array.from({ length }, () => condition) })),
    fc.anything().filter((value) => typeof value !== 'object')
  )
}

function nested(levels: number): unknown {
  return levels ? { logic: 'and', of: [nested(levels - 1)] } : condition
}
