import fc from 'fast-check'
import { test } from '@japa/runner'
import { filterOf, formOf, InvalidFilter, readDraft, type FilterNode, type Group } from '#core/filters'
import { plain as anybody } from '#core/objects'
import { neighbourhood, register } from './support/neighbourhood.js'
import { filters } from './support/random_filters.js'

const { person } = neighbourhood

test.group('Filter drafts', (group) => {
  group.setup(register)

  test('a filter goes through the inputs of its builder and comes back the same', ({ assert }) => {
    fc.assert(
      fc.property(filters('filterPerson', 5).map(plain), (filter) => {
        assert.deepEqual(readDraft(posted(filter), 'filter', person), filter)
      }),
      { numRuns: 500 }
    )
  })

  test('an operator that the new field has not gives way to the first that it has, with no value', ({ assert }) => {
    const form = { 'f-logic': 'and', 'f-0-subject': 'born', 'f-0-operator': 'contains', 'f-0-value': 'ян', 'f-0-kind': 'text' }
    assert.deepEqual(readDraft(form, 'f', person), { logic: 'and', of: [{ field: 'born', operator: 'equal' }] })
  })

  test('a value outlives a change of field or operator that can still hold it', ({ assert }) => {
    const form = { 'f-logic': 'or', 'f-0-subject': 'age', 'f-0-operator': 'between', 'f-0-value': ['5', '9'], 'f-0-kind': 'integer' }
    const [kept] = readDraft(form, 'f', person)!.of
    assert.deepEqual(kept, { field: 'age', operator: 'between', value: ['5', '9'] })
    const [first] = readDraft({ ...form, 'f-0-operator': 'less' }, 'f', person)!.of
    assert.deepEqual(first, { field: 'age', operator: 'less', value: ['5'] })
  })

  test('a tick box asks for yes, and for no once the tick is taken away', ({ assert }) => {
    const form = { 'f-logic': 'and', 'f-0-subject': 'vip', 'f-0-operator': 'equal', 'f-0-kind': 'text' }
    const value = (more: object) => (readDraft({ ...form, ...more }, 'f', person)!.of[0] as { value: string[] }).value
    assert.deepEqual(value({}), ['1'])
    assert.deepEqual(value({ 'f-0-kind': 'flag', 'f-0-value': '0' }), ['0'])
    assert.deepEqual(value({ 'f-0-kind': 'flag', 'f-0-value': ['0', '1'] }), ['1'])
  })

  test('a list is typed with one value on a line', ({ assert }) => {
    const form = { 'f-logic': 'and', 'f-0-subject': 'name', 'f-0-operator': 'in', 'f-0-lines': 'Рига\r\n\r\nЁлкин\n' }
    assert.deepEqual(filterOf(form, 'f', person, anybody).of, [{ field: 'name', operator: 'in', value: ['Рига', 'Ёлкин'] }])
  })

  test('a form without the inputs of the builder is read by its JSON', ({ assert }) => {
    const filter: Group = { logic: 'and', of: [{ field: 'age', operator: 'empty' }] }
    assert.deepEqual(filterOf({ filter: JSON.stringify(filter) }, 'filter', person, anybody), filter)
    assert.deepEqual(filterOf({ filter: null }, 'filter', person, anybody), { logic: 'and', of: [] })
    assert.throws(() => filterOf({ filter: '{' }, 'filter', person, anybody), InvalidFilter)
  })

  test('nothing is left out of a form that is too large: it is refused', ({ assert }) => {
    const many = Array.from({ length: 250 }, (): FilterNode => ({ field: 'age', operator: 'empty' }))
    assert.throws(() => filterOf(posted({ logic: 'and', of: many }), 'filter', person, anybody), InvalidFilter)
    let deep: Group = { logic: 'and', of: [many[0]] }
    for (let level = 0; level < 30; level++) deep = { logic: 'and', of: [deep] }
    assert.throws(() => filterOf(posted(deep), 'filter', person, anybody), InvalidFilter)
  })

  test('any form at all gives a draft or none', () => {
    const keys = fc.stringMatching(/^filter(-[0-9]{1,5}){0,12}-(logic|subject|operator|value|lines|kind|compare|measured|x)$/)
    const form = fc.dictionary(keys, fc.oneof(fc.string(), fc.constant(null), fc.array(fc.anything()), fc.constant('@orders')))
    fc.assert(
      fc.property(form, (sent) => {
        readDraft({ ...sent, 'filter-logic': 'and' }, 'filter', person)
      })
    )
  })
})

/** As a browser posts it: inputs of one name become a list. */
function posted(filter: Group) {
  const form: Record<string, string | string[]> = {}
  for (const [name, value] of formOf(filter, 'filter')) form[name] = name in form ? [form[name], value].flat() : value
  return form
}

/** The one way in which the builder writes a filter: a relation has no empty conditions. */
function plain(group: Group): Group {
  const of = group.of.map((node): FilterNode => {
    if ('of' in node) return plain(node)
    if (!('relation' in node) || !node.where) return node
    const where = plain(node.where)
    if (where.of.length || where.logic === 'or') return { ...node, where }
    return Object.fromEntries(Object.entries(node).filter(([key]) => key !== 'where')) as unknown as FilterNode
  })
  return { logic: group.logic, of }
}
