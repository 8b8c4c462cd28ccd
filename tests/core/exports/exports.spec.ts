import { buffer } from 'node:stream/consumers'
import { test } from '@japa/runner'
import { parse } from 'csv-parse/sync'
import { readSheet } from 'read-excel-file/node'
import { execute, row, rows, sql } from '#core/database'
import { outdateRoles } from '#core/access'
import { expireJob, exportJob, findExport } from '#core/exports'
import { everything } from '#core/filters'
import { prepareQueues, runNow } from '#core/jobs'
import { objects, plain } from '#core/objects'
import { aUser, nobody } from '#tests/support/people'
import { emptied } from '#tests/support/emptied'
import { exported } from '#tests/support/exported'
import { aMemberOfStaff } from '#tests/support/staff'
import { aRole } from '#tests/support/roles'
import { Visitor } from '#tests/support/visitor'
import { working } from '#tests/support/working'
import { imported } from '../imports/imported.js'
import { requestExport } from '../../../app/core/exports/request_export.js'
import { writeXlsx } from '../../../app/core/exports/write_xlsx.js'

const reader = { ...plain, t: (key: string) => key }
const saying = (key: string, values: Record<string, unknown> = {}) => [key, ...Object.values(values)].join(' ')

async function someone(role = 'marketer', locale: 'en' | 'ru' = 'en') {
  const staff = await aMemberOfStaff({ role, locale, timezone: 'Europe/Moscow' })
  const visitor = new Visitor()
  await visitor.signIn(staff.email)
  await visitor.get('/users')
  return { staff, visitor }
}

async function showing(staffId: number, object: string, names: string[]) {
  await execute(sql`insert into list_settings (staff_id, object, columns) values (${staffId}, ${object}, ${JSON.stringify(names)}::jsonb)`)
}

const hostile = ['=cmd|x', '+79161234567', '-1', '@sum', "'=x", "O'Neil", 'a;b', 'a,b', 'two\nlines', '"quoted"', '<b>&amp;</b>', '_x0041_', ' padded ']

test.group('Exports', (group) => {
  emptied(group)
  working(group)
  group.setup(prepareQueues)
  group.each.setup(async () => {
    await execute(sql`truncate users, exports, list_settings cascade`)
  })

  test('a list leaves as CSV: its rows, its order, its columns, in the words of the person', async ({ assert }) => {
    const { staff, visitor } = await someone('marketer', 'ru')
    await aUser({ surname: 'Яшин', externalId: 'b' })
    await aUser({ surname: 'Ёлкина', externalId: 'a', isTest: true })
    await aUser({ surname: 'Петров', externalId: 'c' })
    await showing(staff.id, 'user', ['surname', 'externalId', 'isTest', 'status.code'])
    const filter = JSON.stringify({ logic: 'and', of: [{ field: 'surname', operator: 'notEqual', value: ['Петров'] }] })
    const { file, found } = await exported(visitor, '/exports/users', { format: 'csv', delimiter: ';', sort: 'surname', filter })
    assert.equal(file!.toString('utf8').charCodeAt(0), 0xfeff)
    assert.deepEqual(parse(file!, { delimiter: ';', bom: true }), [
      ['Фамилия', 'Внешний Id', 'Тестовый', 'Статус: Код'],
      ['Ёлкина', 'a', '1', 'active'],
      ['Яшин', 'b', '0', 'active'],
    ])
    assert.include(found!, { state: 'done', rows: 2, personal: true, reason: 'check' })
    const told = await row<{ changes: any; object: string }>(sql`select object, changes from audit_log where action = 'export'`)
    assert.containSubset(told, { object: 'user', changes: { after: { rows: 2, reason: 'check', format: 'csv' } } })
    assert.include(told!.changes.after.filter, 'Петров')
    assert.include(told!.changes.after.columns, 'Фамилия')
  })

  test('F-05 nothing in a CSV is a formula, and an import reads back what was there, phones too', async ({ assert }) => {
    const { staff, visitor } = await someone()
    /** A name has one line, so an import would refuse it. */
    const names = hostile.filter((text) => !text.includes('\n'))
    for (const [index, surname] of names.entries()) await aUser({ surname, externalId: `h${index}` })
    await showing(staff.id, 'user', ['externalId', 'surname'])
    const { file } = await exported(visitor, '/exports/users', { format: 'csv', delimiter: ',', sort: 'id' })
    const cells = parse(file!, { bom: true, from: 2 }) as string[][]
    assert.isEmpty(cells.flat().filter((cell) => /^[=+\-@\t\r]/.test(cell)))

    await execute(sql`update users set surname = 'gone'`)
    const done = await imported('user', file!, { fields: { externalId: { column: 'External id' }, surname: { column: 'Surname' } }, match: 'externalId', mode: 'update' })
    assert.include(done, { updated: names.length, rejected: 0 })
    const back = await rows<{ surname: string }>(sql`select surname from users order by id`)
    assert.deepEqual(back.map(({ surname }) => surname.trim()), names.map((text) => text.trim()))
  })

  test('F-05 a workbook holds texts as texts, and numbers, dates, moments and flags as what they are', async ({ assert }) => {
    const { staff, visitor } = await someone()
    for (const surname of hostile) await aUser({ surname, birthDate: '1987-03-02', isTest: true })
    const old = await aUser({ surname: null })
    await execute(sql`update users set birth_date = '1899-05-06' where id = ${old}`)
    await execute(sql`update users set created_at = '2026-01-31T21:30:15Z'`)
    await execute(sql`insert into user_stats (user_id, receipts_count, receipts_total) select id, 3, 123456 from users`)
    await showing(staff.id, 'user', ['surname', 'birthDate', 'createdAt', 'isTest', 'receiptsCount', 'receiptsTotal', 'type'])
    const { file, found } = await exported(visitor, '/exports/users', { format: 'xlsx', sort: 'id' })
    assert.equal(found!.rows, hostile.length + 1)

    const [head, ...lines] = await sheet(file!)
    assert.deepEqual(head.slice(0, 2), ['Surname', 'Birth date'])
    assert.deepEqual(lines.slice(0, -1).map(([surname]) => String(surname).trim()), hostile.map((text) => text.trim()))
    assert.isTrue(lines.slice(0, -1).every(([surname]) => typeof surname === 'string'))
    const [, born, made, ...rest] = lines[0]
    assert.deepEqual(born, new Date('1987-03-02T00:00:00Z'))
    assert.deepEqual(made, new Date('2026-02-01T00:30:15Z'))
    assert.deepEqual(rest, [true, 3, 1234.56, 'Standard customer'])
    assert.deepEqual(lines.at(-1)!.slice(0, 2), [null, '1899-05-06'])
  })

  test('what does not fit on a sheet goes on on the next, and each has the head', async ({ assert }) => {
    for (let index = 1; index <= 7; index++) await aUser({ externalId: `s${index}` })
    const view = { filter: everything, search: '', sort: 'id', columns: ['externalId'], format: 'xlsx' as const, delimiter: ';' as const }
    const { chunks, rows: written } = writeXlsx({ object: objects.get('user'), view, reader, onRows: async () => {} }, 3)
    const file = await buffer(chunks)
    assert.equal(written(), 7)
    assert.deepEqual(await sheet(file, 2), [['user.fields.externalId'], ['s4'], ['s5'], ['s6']])
    assert.deepEqual(await sheet(file, 3), [['user.fields.externalId'], ['s7']])
  })

  test('personal data need a reason, and the right', async ({ assert }) => {
    await aUser({ surname: 'Ёлкина', externalId: 'x' })
    const { visitor, staff } = await someone()
    await showing(staff.id, 'user', ['externalId', 'surname'])
    const refused = await exported(visitor, '/exports/users', { reason: ' ' })
    assert.equal(refused.status, 422)
    assert.include(refused.words!, 'aria-invalid="true"')

    await showing(staff.id, 'membership', ['user'])
    const ask = await visitor.get('/exports/users/create')
    assert.include(ask.words, 'name="reason"')
  })

  test('columns with data that the person may not see are left out', async ({ assert }) => {
    await aUser({ surname: 'Ёлкина', externalId: 'x' })
    await execute(sql`insert into roles (code, name_ru, name_en) values ('carrier', 'Курьер', 'Carrier')`)
    await execute(sql`insert into role_rights (role, object, rights) values ('carrier', 'user', '{read,export}')`)
    outdateRoles()
    const { visitor, staff } = await someone('carrier')
    await showing(staff.id, 'user', ['externalId', 'surname'])
    const ask = await visitor.get('/exports/users/create')
    assert.notInclude(ask.words, 'name="reason"')
    assert.include(ask.words, 'Left out')
    const { file } = await exported(visitor, '/exports/users', { delimiter: ',', reason: '' })
    assert.deepEqual(parse(file!, { bom: true }), [['External id'], ['x']])
  })

  test('what was filtered by is told in words that the person may know', async ({ assert }) => {
    const { staff } = await someone()
    const filter = { logic: 'and' as const, of: [{ field: 'surname', operator: 'equal', value: ['Ёлкина'] }] }
    const view = { filter, search: '', sort: 'id', columns: ['externalId'], format: 'csv' as const, delimiter: ';' as const }
    const asked = (knows: boolean) =>
      requestExport(objects.get('user'), { view, reason: '' }, { ...reader, t: saying, knows: () => knows }, { staffId: staff.id })
    assert.include((await findExport(await asked(true)))!.words, 'Ёлкина')
    assert.notInclude((await findExport(await asked(false)))!.words, 'Ёлкина')
  })

  test('who may not export sees no button and is refused; a right that is taken away meanwhile counts', async ({ assert }) => {
    const { visitor } = await someone('viewer')
    assert.notInclude((await visitor.get('/users')).words, '/exports/users')
    assert.equal((await visitor.get('/exports/users/create')).status, 403)
    assert.equal((await visitor.post('/exports/users', { format: 'csv' })).status, 403)

    const { visitor: other, staff } = await someone()
    await execute(sql`update staff set role = 'viewer' where id = ${staff.id}`)
    const id = (await row<{ id: number }>(
      sql`insert into exports (staff_id, object, view, words, personal) values (${staff.id}, 'user', ${JSON.stringify({ columns: ['id'] })}::jsonb, '', false) returning id`
    ))!.id
    await runNow(exportJob, { exportId: id }, { actor: nobody, title: 'x' })
    assert.equal((await findExport(id))!.state, 'failed')
    assert.equal((await other.get(`/exports/${id}/file`)).status, 303)
  })

  test('an export that asks for what the person may not see any more is not written; through a folder that they see it is', async ({ assert }) => {
    await aUser({ surname: 'Ёлкина', externalId: 'x' })
    await aUser({ surname: 'Яшин', externalId: 'y' })
    const staff = await aMemberOfStaff({ role: await aRole('export_clerk', { user: ['read', 'export'] }) })
    const filter = { logic: 'and', of: [{ field: 'surname', operator: 'equal', value: ['Ёлкина'] }] }
    const written = async (view: object) => {
      const kept = { filter: everything, search: '', sort: 'id', columns: ['externalId'], format: 'csv', delimiter: ',', ...view }
      const { id } = (await row<{ id: number }>(
        sql`insert into exports (staff_id, object, view, words, personal) values (${staff.id}, 'user', ${JSON.stringify(kept)}::jsonb, '', false) returning id`
      ))!
      await runNow(exportJob, { exportId: id }, { actor: nobody, title: 'x' })
      const { state, rows: count } = (await findExport(id))!
      return { state, count }
    }
    assert.deepEqual(await written({}), { state: 'done', count: 2 })
    assert.deepEqual(await written({ filter }), { state: 'failed', count: null })
    assert.deepEqual(await written({ search: 'ёлкина' }), { state: 'failed', count: null })
    assert.deepEqual(await written({ columns: ['surname'] }), { state: 'failed', count: null })
    const { id: colleague } = await aMemberOfStaff()
    await execute(
      sql`insert into folders (staff_id, object, name, filter, shared) values (${colleague}, 'user', 'Ёлкины', ${JSON.stringify(filter)}::jsonb, true)`
    )
    assert.deepEqual(await written({ filter }), { state: 'done', count: 1 })
  })

  test('only who asked and administrators get the file, for a week', async ({ assert }) => {
    await aUser({ surname: 'Ёлкина' })
    const { visitor } = await someone()
    const { visitor: colleague } = await someone()
    const { visitor: administrator } = await someone('administrator')
    const { found } = await exported(visitor, '/exports/users', { format: 'csv' })
    const address = `/exports/${found!.id}/file`
    const taken = await visitor.get(address)
    assert.equal(taken.status, 200)
    assert.match(taken.headers.get('content-disposition')!, /^attachment/)
    assert.equal((await colleague.get(address)).status, 404)
    assert.equal((await colleague.get(`/exports/${found!.id}/state`)).status, 404)
    assert.notInclude((await colleague.get('/exports')).words, address)
    assert.equal((await administrator.get(address)).status, 200)
    assert.include((await administrator.get('/exports')).words, address)
    const downloads = await rows(sql`select from audit_log where action = 'export.download'`)
    assert.lengthOf(downloads, 2)

    await execute(sql`update exports set expires_at = now() - interval '1 minute'`)
    assert.equal((await visitor.get(address)).status, 404)
    await runNow(expireJob, {}, { actor: nobody, title: 'today' })
    const [left] = await rows(sql`select from files where id = ${found!.fileId}`)
    assert.isUndefined(left)
    assert.include((await findExport(found!.id))!, { state: 'expired', rows: 1, reason: 'check' })
  })

  test('a filter that cannot be read exports nothing', async ({ assert }) => {
    const { visitor } = await someone()
    assert.equal((await visitor.get('/exports/users/create?filter=garbage')).status, 404)
    assert.equal((await visitor.post('/exports/users', { filter: '~gone', reason: 'x' })).status, 404)
  })
})

async function sheet(file: Buffer, number = 1) {
  return (await readSheet(file, number)) as (string | number | boolean | Date | null)[][]
}
