import testUtils from '@adonisjs/core/services/test_utils'
import { type Assert } from '@japa/assert'
import { test } from '@japa/runner'
import i18n from '@adonisjs/i18n/services/main'
import { changeableFields } from '#core/bulk'
import { execute, identifier, join, raw, row, rows, sql, transaction } from '#core/database'
import { compile, type Group } from '#core/filters'
import { tellChanges, type Changes } from '#core/history'
import { partsOf } from '#core/modules'
import { changeObjects, edit, exportCell, find, objects, plain, readChanges, table, typed, type ObjectDefinition, type Reader, type Values } from '#core/objects'
import { modules } from '#start/modules'
import { a, nobody } from '#tests/support/people'
import { aMemberOfStaff } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'
import { targetsOf } from '../../../app/core/imports/mapping/targets.js'
import { aRowOf } from './a_row_of.js'

const declared = modules.flatMap(partsOf).flatMap(({ objects: brought = [] }) => brought)
const open = declared.filter(({ attributes }) => attributes === 'shared')

/** What a person types into a field of each type, what stands in the database then, in a file, and a condition that it meets. */
const types: Record<string, { typed: string; kept: unknown; written: string; asked: { operator: string; value: string[] } }> = {
  text: { typed: 'Тёплая ёлка', kept: 'Тёплая ёлка', written: 'Тёплая ёлка', asked: { operator: 'contains', value: ['ПЛАЯ Елк'] } },
  longText: { typed: 'Первая\nвторая', kept: 'Первая\nвторая', written: 'Первая\nвторая', asked: { operator: 'contains', value: ['втор'] } },
  integer: { typed: '42', kept: 42, written: '42', asked: { operator: 'between', value: ['41', '42'] } },
  decimal: { typed: '2,5', kept: '2.5', written: '2.5', asked: { operator: 'equal', value: ['2.5'] } },
  money: { typed: '12.50', kept: 1250, written: '12.50', asked: { operator: 'atLeast', value: ['12.5'] } },
  date: { typed: '2026-02-01', kept: '2026-02-01', written: '2026-02-01', asked: { operator: 'equal', value: ['2026-02-01'] } },
  datetime: { typed: '2026-02-01T10:30', kept: new Date('2026-02-01T10:30:00Z'), written: '2026-02-01 10:30:00', asked: { operator: 'equal', value: ['2026-02-01'] } },
  flag: { typed: '1', kept: true, written: '1', asked: { operator: 'equal', value: ['1'] } },
  choice: { typed: 'Золото', kept: 'gold', written: 'gold', asked: { operator: 'in', value: ['gold'] } },
}

/** There is one for each kind of identifier, or for each day. */
const oneOfAKind = ['ticket_generator', 'day_off']

const english: Reader = { ...plain, t: (key, values) => i18n.locale('en').t(key, values) }
const attributeNames = [...Object.keys(types), 'reference'].map((type) => `own${type[0].toUpperCase()}${type.slice(1)}`)

test.group('Objects that take no further fields', () => {
  test('are logs, and what the product itself is made of', async ({ assert }) => {
    const without = declared.filter(({ attributes }) => attributes === 'none').map(({ name }) => name)
    assert.sameMembers(without, [
      'audit_entry', 'user_event', 'consent', 'consent_document', 'privacy_request', 'identifier_request', 'ticket', 'user_session', 'social_account', 'user_label', 'user_duplicate', 'user_merge', 'membership',
      'delivery', 'reaction', 'inbox_message', 'system_message', 'webhook_message', 'webhook_try', 'job_run', 'import',
      'attribute', 'custom_table', 'settings', 'role', 'api_key', 'webhook',
    ])
  })

  test('all others have the room for them', async ({ assert }) => {
    const ready = await rows<{ table: string }>(
      sql`select attrelid::regclass::text as table from pg_attribute where attname = 'attributes' and atttypid = 'jsonb'::regtype and attnotnull and atthasdef`
    )
    const tables = ready.map((one) => one.table)
    const cramped = open.filter((object) => !tables.includes(object.table)).map(({ name }) => name)
    assert.deepEqual(cramped, [], "add `attributes jsonb not null default '{}'` to their tables, or say `attributes: 'none'`")
  })
})

test.group('Fields that an administrator adds', (group) => {
  let shop: number
  const admin = new Visitor()

  /** All at once and in one transaction: what is asked of each object is quick then. */
  group.setup(async () => {
    const rollback = await testUtils.db().wrapInGlobalTransaction()
    await prepared().catch(async (error) => {
      await rollback()
      throw error
    })
    return rollback
  })
  group.teardown(readChanges)

  async function prepared() {
    shop = await a('outlet', { code: 'shop', name: 'На Тверской' })
    for (const { name } of open) await a('attribute', { object: name, name: 'ownText', label: 'Label text', type: 'text' })
    await insertOthers()
    await transaction(changeObjects)
    await readChanges()
    await admin.signIn((await aMemberOfStaff({ role: 'administrator' })).email)
    await admin.get('/users')
  }

  test('work on every object alike: {$self}')
    .with(open.map(({ name }) => name))
    .run(async ({ assert }, name) => {
      const object = objects.get(name)
      const id = await aRowOf(object.table)
      if (!oneOfAKind.includes(name)) await aRowOf(object.table)

      await transaction((trx) => edit(object, id, typed(object, attributeNames, formOf(shop), english), nobody, trx))
      const kept = (await find(object, id, english, attributeNames)) as Values
      for (const [type, { kept: wanted }] of Object.entries(types)) assert.deepEqual(kept[nameOf(type)], wanted, type)
      assert.deepEqual(kept.ownReference, { id: shop, title: 'На Тверской' })

      for (const [type, { asked }] of Object.entries(types)) assert.deepEqual(await met(object, { field: nameOf(type), ...asked }), [id], `filter by ${type}`)
      assert.deepEqual(await met(object, { field: 'ownReference.code', operator: 'equal', value: ['shop'] }), [id], 'filter along a reference')
      const back = { relation: `back${name}`, operator: 'exists', where: { logic: 'and', of: [] } }
      assert.deepEqual(await met(objects.get('outlet'), back), [shop], 'the relation back')

      const written = Object.entries(types).map(([type, one]) => [nameOf(type), one.written])
      assert.deepEqual(await inFile(object, id), { ...Object.fromEntries(written), ownReference: 'На Тверской' })
      if (object.importable) assert.includeMembers(targetsOf(object).map(({ field }) => field.name), attributeNames)
      assert.includeMembers(changeableFields(object, english).map((field) => field.name), attributeNames, 'a change of many rows')
      assert.include(await told(object, id), 'Label text', 'history')
      await lookAt(object, id, assert)
    })

  async function lookAt(object: ObjectDefinition, id: number, assert: Assert) {
    const { path = object.name, small, create, rights } = object
    const page = async (address: string) => {
      const { status, words } = await admin.get(address)
      assert.equal(status, 200, address)
      return words
    }
    if (object.path) {
      await admin.post(`/columns/${path}`, Object.fromEntries(attributeNames.map((column, n) => [`columns[${n}]`, column])))
      const list = await page(`/${path}?filter=${encodeURIComponent(JSON.stringify({ logic: 'and', of: [{ field: 'ownInteger', operator: 'equal', value: ['42'] }] }))}`)
      for (const words of ['Тёплая ёлка', '12.50', '1 Feb 2026', 'Gold', 'На Тверской']) assert.include(list, words)
      if (!small) assert.include(await page(`/${path}/${id}`), 'Label longText')
    }
    if (Object.values(rights).flat().includes('edit')) assert.include(await page(`/${path}/${id}/edit`), 'name="ownDecimal"')
    if (create && small) assert.include(await page(`/${path}/create`), 'name="ownMoney"')
  }
})

/** The rows alone, of all types but the text, whose own way was gone. */
async function insertOthers() {
  const others = [...Object.keys(types), 'reference'].filter((type) => type !== 'text')
  for (const type of others) {
    const choices = type === 'choice' ? 'gold = Золото | Gold\nsilver = Серебро' : null
    const target = type === 'reference' ? 'outlet' : null
    await execute(
      sql`insert into attributes (object, name, label, type, choices, target, relation, position)
        select object, ${nameOf(type)}, ${`Label ${type}`}, ${type}, ${choices}, ${target}, case when ${type === 'reference'} then 'back' || object end, 9
        from unnest(${open.map(({ name }) => name)}::text[]) as object`
    )
  }
}

const nameOf = (type: string) => `own${type[0].toUpperCase()}${type.slice(1)}`

const formOf = (shop: number) => ({ ...Object.fromEntries(Object.entries(types).map(([type, one]) => [nameOf(type), one.typed])), ownReference: String(shop) })

async function met(object: ObjectDefinition, condition: object) {
  const where = compile({ logic: 'and', of: [condition] } as Group, object, { timezone: 'UTC' })
  const found = await rows<{ id: number }>(sql`select t.id from ${identifier(object.table)} ${table} where ${where}`)
  return found.map(({ id }) => id)
}

async function inFile(object: ObjectDefinition, id: number) {
  const cells = attributeNames.map((name) => sql`${exportCell(objects.field(object, name), english)} as ${raw(`"${name}"`)}`)
  return row(sql`select ${join(cells)} from ${identifier(object.table)} ${table} where t.id = ${id}`)
}

async function told(object: ObjectDefinition, id: number) {
  const entry = await row<{ changes: Changes }>(
    sql`select changes from audit_log where object = ${object.name} and record_id = ${id} and action = 'edit' order by id desc limit 1`
  )
  return (await tellChanges(object.name, id, entry!.changes, english)).map(({ label }) => label)
}
