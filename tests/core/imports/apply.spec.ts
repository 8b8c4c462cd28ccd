import { text as readAll } from 'node:stream/consumers'
import { test } from '@japa/runner'
import { execute, row, rows, sql } from '#core/database'
import { read } from '#core/files'
import { a } from '#tests/support/people'
import { rolledBack } from '#tests/support/rolled_back'
import { aDraft, columns, figures, imported, tried } from './imported.js'

type Good = Record<'code' | 'name' | 'brand', string | null>

const goods = () => rows<Good>(sql`select code, name, brand, price from goods where code like 't-%' order by code`)

/** Numbers, with what is not said being none. */
const said = (some: Record<string, number>) => ({ lines: 0, created: 0, updated: 0, unchanged: 0, rejected: 0, ...some })

test.group('Importing rows', (group) => {
  rolledBack(group)

  test('creates, updates and leaves alone, and tells them apart', async ({ assert }) => {
    await imported('good', 'code,name,brand\nt-1,Milk,Farm\nt-2,Bread,Oven\n')
    const second = await imported('good', 'code,name,brand\nt-1,Milk,Farm\nt-2,White bread,Oven\nt-3,Salt,\n')

    assert.deepEqual(figures(second), said({ lines: 3, created: 1, updated: 1, unchanged: 1 }))
    assert.deepEqual(await goods(), [
      { code: 't-1', name: 'Milk', brand: 'Farm', price: null },
      { code: 't-2', name: 'White bread', brand: 'Oven', price: null },
      { code: 't-3', name: 'Salt', brand: null, price: null },
    ])
  })

  test('fields that are not mapped stay as they were', async ({ assert }) => {
    await imported('good', 'code,name,brand\nt-1,Milk,Farm\n')
    await imported('good', 'code,name,brand\nt-1,Kefir,Other\n', { fields: columns('code', 'name') })
    assert.deepEqual(await goods(), [{ code: 't-1', name: 'Kefir', brand: 'Farm', price: null }])
  })

  test('rows of one file with the same key become one, the later winning field by field', async ({ assert }) => {
    const done = await imported('good', 'code,name,brand\nt-1,Milk,Farm\nt-2,Salt,\nt-1,,Dairy\nt-1,Kefir,\n')

    assert.deepEqual(figures(done), said({ lines: 4, created: 2, updated: 2 }))
    assert.deepEqual((await goods())[0], { code: 't-1', name: 'Kefir', brand: 'Dairy', price: null })
  })

  test('a row that lacks something is judged by what the rows before it made', async ({ assert }) => {
    const done = await imported('good', 'code,name,brand\nt-1,,Farm\nt-1,Milk,\nt-1,,Dairy\n')

    assert.deepEqual(figures(done), said({ lines: 3, created: 1, updated: 1, rejected: 1 }))
    assert.deepEqual(await goods(), [{ code: 't-1', name: 'Milk', brand: 'Dairy', price: null }])
  })

  test('an empty cell keeps what is there, or clears it when that is wanted', async ({ assert }) => {
    await imported('good', 'code,name,brand\nt-1,Milk,Farm\n')
    const kept = await imported('good', 'code,name,brand\nt-1,Milk,\n')
    assert.equal(kept.unchanged, 1)

    await imported('good', 'code,name,brand\nt-1,Milk,\n', { empty: 'clear' })
    assert.isNull((await goods())[0].brand)
  })

  test('rows are told by their id too', async ({ assert }) => {
    const id = await a('outlet', { code: 'by-id', name: 'Before' })
    const known = { fields: columns('id', 'code', 'name'), match: 'id', mode: 'upsert', empty: 'keep' } as const
    const done = await imported('outlet', `id,code,name\n${id},by-id,After\n999999,other,New`, known)
    assert.deepEqual(figures(done), { lines: 2, created: 0, updated: 1, unchanged: 0, rejected: 1 }, 'one that is not there is no new row')
    assert.deepEqual(await row(sql`select name from outlets where id = ${id}`), { name: 'After' })
    assert.isUndefined(await row(sql`select from outlets where id = 999999`), 'an id is never written')
  })

  test('only creates, or only updates, when told so', async ({ assert }) => {
    await imported('good', 'code,name\nt-1,Milk\n')
    const file = 'code,name\nt-1,Kefir\nt-2,Salt\n'

    assert.deepEqual(figures(await imported('good', file, { mode: 'create' })), said({ lines: 2, created: 1, rejected: 1 }))
    const twins = await imported('good', 'code,name\nt-3,Tea\nt-3,Green tea\n', { mode: 'create' })
    assert.deepEqual(figures(twins), said({ lines: 2, created: 1, rejected: 1 }))
    await execute(sql`delete from goods where code = 't-2'`)
    assert.deepEqual(figures(await imported('good', file, { mode: 'update' })), said({ lines: 2, updated: 1, rejected: 1 }))
  })

  test('a reference is looked up by a field of the other object, through a template', async ({ assert }) => {
    await imported('category', 'code,name\nfood,Food\n')
    const fields = {
      ...columns('code', 'name'),
      parent: { column: 'parent', by: 'code' },
    }
    await imported('category', 'code,name,parent\nfood/milk,Milk,food\n', { fields })
    const good = { ...columns('code', 'name'), category: { template: '{{ department }}/{{ kind | downcase }}' } }
    const done = await imported('good', 'code,name,department,kind\nt-1,Kefir,food,MILK\nt-2,Nail,tools,IRON\n', {
      fields: good,
    })

    assert.deepEqual(figures(done), said({ lines: 2, created: 1, rejected: 1 }))
    const kept = await row(
      sql`select c.code, p.code as parent from goods g join categories c on c.id = g.category_id
        join categories p on p.id = c.parent_id where g.code = 't-1'`
    )
    assert.deepEqual(kept, { code: 'food/milk', parent: 'food' })
  })

  test('an unknown reference may be left empty', async ({ assert }) => {
    const fields = { ...columns('code', 'name'), category: { column: 'category', unknown: 'empty' as const } }
    const done = await imported('good', 'code,name,category\nt-1,Milk,nowhere\n', { fields })
    assert.deepEqual(figures(done), said({ lines: 1, created: 1 }))
  })

  test('a row that PostgreSQL alone refuses costs itself only', async ({ assert }) => {
    const lines = Array.from({ length: 300 }, (_, index) => `t-${index},Good,${index === 123 ? -5 : index}.00`)
    const done = await imported('good', `code,name,price\n${lines.join('\n')}\n`)

    assert.deepEqual(figures(done), said({ lines: 300, created: 299, rejected: 1 }))
    const reasons = await row(sql`select line, reasons from import_rejects where import_id = ${done.id}`)
    assert.deepEqual(reasons, { line: 125, reasons: [{ code: 'refused', field: 'price', params: {} }] })
  })

  test('money, moments and quantities arrive as they were written', async ({ assert }) => {
    await imported('user', 'externalId\nt-u\n')
    const file = 'number;user;issuedAt;total\nt-1;t-u;01.02.2026 10:30;1 234,50\nt-2;t-u;2026-02-01T10:30:00Z;-3\n'
    const fields = { ...columns('number', 'issuedAt', 'total'), user: { column: 'user' } }
    await imported('receipt', file, { fields, match: 'user+number', timezone: 'Europe/Moscow' })

    const kept = await rows(sql`select number, issued_at, total from receipts where number like 't-%' order by number`)
    assert.deepEqual(kept, [
      { number: 't-1', issued_at: new Date('2026-02-01T07:30:00Z'), total: 123450 },
      { number: 't-2', issued_at: new Date('2026-02-01T10:30:00Z'), total: -300 },
    ])
  })

  test('F-04 broken rows are refused with a sentence, and the others get in', async ({ assert }) => {
    const file = `code,name\nt-1,Milk\nt-2\n\0t-3,Salt\n${'x'.repeat(2_000_000)},y\nt-4,"open\nt-5,Tea\n,Nameless\n`
    const done = await imported('good', file)

    assert.deepEqual(figures(done), said({ lines: 7, created: 2, rejected: 5 }))
    const rejected = await readAll(read(done.rejectFileId!))
    const lines = rejected.trim().split(/\r?\n/).slice(1)
    assert.lengthOf(lines, 5)
    assert.match(lines[0], /1 cells for 2 columns$/)
    assert.match(lines[1], /Code: There are characters here that cannot be seen/)
    assert.match(lines[2], /^x{500},,The row is longer than a megabyte$/)
    assert.match(lines[3], /A quote is opened and never closed$/)
    assert.match(lines[4], /^,Nameless,Code: Fill this in$/)
  })

  test('F-05 rejected rows can be corrected and imported again, phones too', async ({ assert }) => {
    const file = "externalId,surname,phone\nt-1,=1+1,+79161230001\nt-2,Kim,+791\nt-3,'=x,nonsense\n"
    const done = await imported('user', file)
    assert.deepEqual(figures(done), said({ lines: 3, created: 1, rejected: 2 }))

    const rejected = await readAll(read(done.rejectFileId!))
    assert.include(rejected, "'+791")
    assert.include(rejected, "''=x")
    const corrected = rejected.replace("'+791,", "'+79161230002,").replace('nonsense', "'+79161230003")
    const again = await imported('user', corrected)

    assert.deepEqual(figures(again), said({ lines: 2, created: 2 }))
    const phones = await rows<{ value: string }>(
      sql`select i.value from user_identifiers i join users u on u.id = i.user_id
        where u.external_id like 't-%' and i.type = 'phone' order by 1`
    )
    assert.deepEqual(phones.map(({ value }) => value), ['+79161230001', '+79161230002', '+79161230003'])
  })

  test('reasons are in the language of the person', async ({ assert }) => {
    const done = await imported('good', 'code,name\nt-1\n', { locale: 'ru' })
    assert.include(await readAll(read(done.rejectFileId!)), 'Ячеек 1, а колонок 2')
  })

  test('a refused choice names the values as the person knows them', async ({ assert }) => {
    const done = await imported('user', 'externalId,locale\nt-1,elvish\n', { locale: 'ru' })
    assert.include(await readAll(read(done.rejectFileId!)), 'Русский, Английский')
  })

  test('one row of the audit log tells of it', async ({ assert }) => {
    const done = await imported('good', 'code,name\nt-1,Milk\n')
    const told = await rows<{ changes: { after: { import: number; created: number } } }>(
      sql`select changes from audit_log where action = 'import' and object = 'good'
        and (changes -> 'after' ->> 'import')::bigint = ${done.id}`
    )
    assert.equal(told[0].changes.after.created, 1)
    assert.lengthOf(told, 1)
  })

  test('the table that the file was staged in is gone', async ({ assert }) => {
    const { id } = await imported('good', 'code,name\nt-1,Milk\n')
    const left = await row(sql`select to_regclass(${`imports.stage_${id}`}) as stage`)
    assert.deepEqual(left, { stage: null })
  })
})

test.group('Trying an import', (group) => {
  rolledBack(group)

  test('says what would happen and writes nothing', async ({ assert }) => {
    await imported('good', 'code,name\nt-1,Milk\n')
    const trial = await tried('good', 'code,name\nt-1,Kefir\nt-2,Salt\nt-3\n')

    assert.deepEqual(figures(trial), said({ lines: 3, created: 1, updated: 1, rejected: 1 }))
    assert.deepEqual(trial.errors, [{ line: 4, reasons: [{ code: 'ragged', params: { expected: 2, found: 1 } }] }])
    assert.lengthOf(await goods(), 1)
  })

  test('looks at the first ten thousand rows of a large file', async ({ assert }) => {
    const lines = Array.from({ length: 10_050 }, (_, index) => `t-${index},Good`)
    const trial = await tried('good', `code,name\n${lines.join('\n')}\n`)
    assert.isTrue(trial.partial)
    assert.equal(trial.created, 10_000)
  })
})

test.group('Guessing a mapping', (group) => {
  rolledBack(group)

  test('by names of fields, columns and labels in both languages', async ({ assert }) => {
    const id = await aDraft('user', 'Внешний Id;Фамилия;given_name;E-mail;birth date;телефон;чужое\n1;a;b;c;d;e;f\n')
    const { settings } = (await row<{ settings: { fields: object; match: string } }>(
      sql`select settings from imports where id = ${id}`
    ))!
    assert.deepEqual(settings.fields, {
      surname: { column: 'Фамилия' },
      givenName: { column: 'given_name' },
      birthDate: { column: 'birth date' },
      externalId: { column: 'Внешний Id' },
      email: { column: 'E-mail' },
      phone: { column: 'телефон' },
    })
    assert.equal(settings.match, 'externalId')
  })
})
