import { test } from '@japa/runner'
import { row, rows, sql, transaction } from '#core/database'
import { create, createAll, edit, find, InvalidFields, plain, remove, typed, type Reader, type Values } from '#core/objects'
import { book, shelf, withLibrary } from '../screens/support/library.js'

const reader: Reader = { ...plain, timezone: 'Europe/Moscow' }
const nobody = { staffId: null }

const codes = async (work: () => unknown) => {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof InvalidFields)) throw error
    return Object.fromEntries(Object.entries(error.errors).map(([field, { code }]) => [field, code]))
  }
  return {}
}

test.group('Typed values', (group) => {
  withLibrary(group)

  test('reads the named fields only, empty ones as null', ({ assert }) => {
    const values = typed(shelf, ['name', 'price', 'openedAt', 'kind'], { name: ' Дуб ', price: '1 234,5', openedAt: '01.02.2026 10:00', secret: 'x' }, reader)
    assert.deepEqual(values, { name: 'Дуб', price: 123_450, openedAt: '2026-02-01T07:00:00.000Z', kind: null })
  })

  test('tells all errors at once, each by its field', async ({ assert }) => {
    const form = { name: '', price: '1.234', openedAt: '31.02.2026', kind: 'glass' }
    assert.deepEqual(await codes(() => typed(shelf, Object.keys(form), form, reader)), {
      name: 'required', price: 'money', openedAt: 'datetime', kind: 'choice',
    })
  })

  test('a list where one value is expected is an error, not a crash', async ({ assert }) => {
    assert.deepEqual(await codes(() => typed(shelf, ['name'], { name: ['a', 'b'] }, reader)), { name: 'single' })
    assert.deepEqual(await codes(() => typed(shelf, ['name'], { name: { a: 1 } }, reader)), { name: 'single' })
  })

  for (const [name, code] of [['a\u0000b', 'controlCharacters'], ['a\nb', 'lineBreak'], ['\ud800', 'controlCharacters'], ['я'.repeat(41), 'tooLong']]) {
    test(`text with ${code} is refused`, async ({ assert }) => {
      assert.deepEqual(await codes(() => typed(shelf, ['name'], { name }, reader)), { name: code })
    })
  }

  test('a tick box that is not sent is a no', ({ assert }) => {
    assert.deepEqual(typed(book, ['lent'], {}, reader), { lent: false })
  })
})

test.group('Writing rows', (group) => {
  withLibrary(group)

  const made = (values: Values) => transaction((trx) => create(shelf, values, nobody, trx))
  const changed = (id: number, values: Values) => transaction((trx) => edit(shelf, id, values, nobody, trx))

  test('creates a row and tells the audit log', async ({ assert }) => {
    const id = await made({ name: 'Дуб', price: 100 })
    assert.containSubset(await find(shelf, id, plain), { name: 'Дуб', price: 100, secret: 'hush' })
    assert.containSubset(await row(sql`select * from audit_log where object = 'test_shelf'`), { action: 'create', record_id: id })
  })

  test('many rows at once keep their order, each with what it brings and what it leaves to its table', async ({ assert }) => {
    const ids = await transaction((trx) => createAll(shelf, [{ name: 'Ясень' }, { name: 'Дуб', price: 100 }, { price: 5, name: 'Бук' }], nobody, trx))
    const there = await Promise.all(ids.map((id) => find(shelf, id, plain, ['name', 'price', 'secret'])))
    assert.deepEqual(there.map((one) => [one?.name, one?.price, one?.secret]), [['Ясень', null, 'hush'], ['Дуб', 100, 'hush'], ['Бук', 5, 'hush']])
    const told = await rows<{ record_id: number; changes: object }>(sql`select record_id, changes from audit_log where object = 'test_shelf' order by record_id`)
    assert.deepEqual(told.map(({ record_id }) => record_id), ids)
    assert.deepEqual(told[1].changes, { after: { name: 'Дуб', price: 100 } })
  })

  test('of many rows none is there when one is refused', async ({ assert }) => {
    const twice = () => transaction((trx) => createAll(shelf, [{ name: 'Дуб' }, { name: 'Дуб' }], nobody, trx))
    assert.deepEqual(await codes(twice), { name: 'taken' })
    const orphans = () => transaction((trx) => createAll(book, [{ shelf: 999, name: 'Том' }, { shelf: 998, name: 'Том' }], nobody, trx))
    assert.deepEqual(await codes(orphans), { shelf: 'reference' })
    assert.isUndefined(await row(sql`select from test_shelves`))
  })

  test('what the database refuses stands at its field', async ({ assert }) => {
    await made({ name: 'Дуб' })
    assert.deepEqual(await codes(() => made({ name: 'Дуб' })), { name: 'taken' })
    const orphan = () => transaction((trx) => create(book, { shelf: 999, name: 'Том' }, nobody, trx))
    assert.deepEqual(await codes(orphan), { shelf: 'reference' })
  })

  test('a rule of the section leaves nothing behind', async ({ assert }) => {
    const id = await made({ name: 'Дуб' })
    assert.deepEqual(await codes(() => changed(id, { name: 'cursed', price: 5 })), { name: 'refused' })
    assert.containSubset(await find(shelf, id, plain), { name: 'Дуб', price: null })
  })

  test('what stays equal is not written', async ({ assert }) => {
    const id = await made({ name: 'Дуб', price: 100, openedAt: '2026-02-01T07:00:00.000Z' })
    await changed(id, { name: 'Дуб', price: 100, openedAt: '2026-02-01T07:00:00.000Z' })
    const changes = await rows(sql`select id from audit_log where object = 'test_shelf' and action = 'edit'`)
    assert.lengthOf(changes, 0)
  })

  test('a change tells before and after, of what changed only', async ({ assert }) => {
    const id = await made({ name: 'Дуб', price: 100 })
    await changed(id, { name: 'Дуб', price: null })
    const change = await row<{ changes: object }>(sql`select changes from audit_log where action = 'edit' and object = 'test_shelf'`)
    assert.deepEqual(change!.changes, { before: { price: 100 }, after: { price: null } })
  })

  test('a removed row is not found again', async ({ assert }) => {
    const id = await made({ name: 'Дуб' })
    await transaction((trx) => remove(shelf, id, nobody, trx))
    assert.isUndefined(await find(shelf, id, plain))
  })
})
