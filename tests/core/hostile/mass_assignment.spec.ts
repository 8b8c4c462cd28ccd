import { test } from '@japa/runner'
import { identifier, row, rows, sql } from '#core/database'
import { find, objects, plain, type ObjectDefinition, type Values } from '#core/objects'
import { rolledBack } from '#tests/support/rolled_back'
import { Caller } from './support/caller.js'
import { inhabited } from './support/inhabited.js'
import { reaching } from './support/reaching.js'

const MARK = 'planted'
const NUMBER = 424_242

/** What an attacker hopes to write into a column of this type. */
const planted: Record<string, string> = {
  boolean: 'true', bigint: `${NUMBER}`, integer: `${NUMBER}`, numeric: `${NUMBER}`, jsonb: `{"planted":"${MARK}"}`,
  'timestamp with time zone': '2001-02-03T04:05:06Z', date: '2001-02-03',
}

test.group('Fields that nobody offered', (group) => {
  rolledBack(group)

  test('A-10 an edit changes what its form holds, whatever else is sent', async ({ assert }) => {
    const ids = await inhabited()
    const boss = await Caller.as('administrator')
    const changed: string[] = []
    let written = 0
    for (const [name, id] of Object.entries(ids)) {
      const object = objects.get(name)
      const before = await stored(object, id)
      const { form, offered } = await formFor(object, id)
      const answer = await boss.post(`/${object.path}/${id}`, { ...(await everyColumn(object)), ...form })
      if ([303, 204].includes(answer.status)) written += 1
      const after = await stored(object, id)
      for (const column of Object.keys(before)) {
        const same = JSON.stringify(before[column]) === JSON.stringify(after[column])
        if (!same && !offered.includes(column) && column !== 'updated_at') changed.push(`${name}.${column}`)
      }
      if (String(after.updated_at ?? '').startsWith('2001')) changed.push(`${name}.updated_at`)
    }
    assert.isAtLeast(written, 8, 'most of the edits were let through')
    assert.deepEqual(changed, [])
  }).timeout(120_000)

  test('A-10 a field edited in place changes alone', async ({ assert }) => {
    const { user } = await inhabited()
    const object = objects.get('user')
    const boss = await Caller.as('administrator')
    const before = await stored(object, user)
    const answer = await boss.post(`/users/${user}/fields/surname`, { ...(await everyColumn(object)), surname: 'Petrova' })
    const after = await stored(object, user)
    assert.equal(answer.status, 200)
    assert.deepEqual({ ...after, surname: before.surname, updated_at: before.updated_at }, before)
    assert.equal(after.surname, 'Petrova')
  })

  test('A-10 a new row holds what its form holds, whatever else is sent', async ({ assert }) => {
    const { user, category } = await inhabited()
    const boss = await Caller.as('administrator')
    const wanted: [name: string, form: Record<string, string>][] = [
      ['user', { surname: 'New' }],
      ['good', { code: 'n-1', name: 'New', category: String(category) }],
      ['category', { code: 'n-1', name: 'New' }],
      ['outlet', { code: 'n-1', name: 'New' }],
      ['receipt', { user: String(user), number: 'n-1', issuedAt: '2026-01-01 10:00', total: '10' }],
      ['segment', { name: 'New', object: 'user' }],
      ['communication', { name: 'New', provider: '1', class: 'advertising', kind: 'bulk', markup: 'mjml' }],
      ['source', { code: 'n-1', nameEn: 'New', kind: 'site' }],
      ['identifier', { user: String(user), type: 'card', value: '12345' }],
    ]
    const found: string[] = []
    for (const [name, form] of wanted) {
      const object = objects.get(name)
      const last = await lastId(object)
      const closed = Object.fromEntries(Object.entries(await everyColumn(object)).filter(([field]) => !object.create!.includes(field)))
      const answer = await boss.post(`/${object.path}`, { ...closed, ...form })
      assert.include([303, 204], answer.status, `${name}: ${answer.words.slice(0, 300)}`)
      const made = await lastId(object)
      assert.isAbove(made, last, name)
      for (const [column, value] of Object.entries(await stored(object, made))) if (isPlanted(value)) found.push(`${name}.${column}`)
    }
    assert.deepEqual(found, [])
  }).timeout(120_000)

  test('A-10 nobody gives themselves a role, a password or another address with their profile', async ({ assert }) => {
    const viewer = await Caller.as('viewer')
    const staff = objects.get('staff')
    const before = await stored(staff, viewer.staff.id)
    const columns = await everyColumn(staff)
    await viewer.post('/profile', { ...columns, role: 'administrator', name: 'Vera', locale: 'en', timezone: 'UTC' })
    await viewer.post('/preferences', { ...columns, role: 'administrator', theme: 'dark', locale: 'en' })
    const after = await stored(staff, viewer.staff.id)
    const changed = Object.keys(before).filter((column) => JSON.stringify(before[column]) !== JSON.stringify(after[column]))
    assert.includeMembers(['name', 'locale', 'timezone', 'theme', 'updated_at'], changed)
    assert.equal(after.role, 'viewer')
  })
})

/** Every column of the table by its own name and by that of a field, and names that reach further. */
async function everyColumn(object: ObjectDefinition): Promise<Record<string, string>> {
  const columns = await rows<{ name: string; type: string }>(
    sql`select column_name as name, data_type as type from information_schema.columns where table_name = ${object.table} and table_schema = 'public'`
  )
  const byColumn = columns.map(({ name, type }) => [name, planted[type] ?? MARK])
  const byField = [...object.fields.values()].map((field) => [field.name, planted[columns.find(({ name }) => name === field.column)?.type ?? ''] ?? MARK])
  return Object.fromEntries([...reaching.map((name) => [name, MARK]), ...byColumn, ...byField])
}

/** The form of a row as its edit window would send it, one text being changed; and the columns that it may write. */
async function formFor(object: ObjectDefinition, id: number) {
  const values = (await find(object, id, plain)) as Values
  const shown = object.path && !object.small ? object.card : (object.create ?? [...object.fields.keys()])
  const names = shown.filter((name) => {
    const field = objects.field(object, name)
    return !field.readonly && !field.fixed
  })
  const written = names.map((name) => {
    const field = objects.field(object, name)
    const value = values[name]
    return [name, value === null || value === undefined ? '' : field.type.write(value as never, field, plain)]
  })
  const form: Record<string, string> = Object.fromEntries(written)
  const text = names.find((name) => objects.field(object, name).format === 'line' && !objects.field(object, name).required) ?? names[0]
  if (objects.field(object, text).format === 'line') form[text] = `${form[text]}x`
  /** What follows from a field by a rule of its section. */
  const derived: Record<string, string[]> = { identifier: ['confirmed_at'] }
  const columns = [...object.fields.values()].filter(({ name }) => names.includes(name)).map(({ column }) => column)
  return { form, offered: [...columns, ...(derived[object.name] ?? [])] }
}

async function stored(object: ObjectDefinition, id: number): Promise<Record<string, unknown>> {
  const found = await row<{ whole: Record<string, unknown> }>(sql`select to_jsonb(t) as whole from ${identifier(object.table)} t where t.id = ${id}`)
  return found!.whole
}

async function lastId(object: ObjectDefinition) {
  return (await row<{ id: number }>(sql`select coalesce(max(id), 0)::bigint as id from ${identifier(object.table)}`))!.id
}

const isPlanted = (value: unknown) => value === NUMBER || JSON.stringify(value ?? '').includes(MARK) || String(value).startsWith('2001-02-03')
