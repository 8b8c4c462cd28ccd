import { test } from '@japa/runner'
import { grantableRights, outdateRoles } from '#core/access'
import { execute, row, rows, sql } from '#core/database'
import { objects, readChanges } from '#core/objects'
import { aMemberOfStaff } from '#tests/support/staff'
import { emptied } from '#tests/support/emptied'
import { Visitor } from '#tests/support/visitor'
import { wizardForm, withoutCustomTables } from './custom_tables.js'

test.group('Hostile names and files of custom tables', (group) => {
  withoutCustomTables(group)
  emptied(group)
  let admin: Visitor

  group.setup(async () => {
    admin = new Visitor()
    await admin.signIn((await aMemberOfStaff({ role: 'administrator' })).email)
  })

  test('are fields like any other', async ({ assert }) => {
    const names = ['select', 'Select', '"; drop table users; --', 'Год выпуска', 'x'.repeat(100), 'id', 'constructor', '__proto__', 'line', "{o'ne}", '<b>', '🙂', '; select pg_sleep(9)', 'user', 'userId', 'a'.repeat(55) + ' 1', 'a'.repeat(55) + ' 2']
    await admin.get('/tables/new')
    const form = wizardForm({ many: '"; drop table staff; --', path: 'odd' }, names.map((name) => [name, 'text']))
    const made = await admin.post('/tables', { ...form, 'f-13-type': 'reference:user' })
    assert.equal(made.headers.get('location'), '/odd', made.words)
    const list = await admin.get('/odd')
    assert.equal(list.status, 200)
    assert.notInclude(list.words, '<b></th>')

    await readChanges()
    const fields = [...objects.get('custom_odd').fields.keys()].slice(3)
    assert.lengthOf(new Set(fields), names.length)
    const card = await admin.post('/odd', Object.fromEntries(fields.filter((name) => name !== 'user').map((name) => [name, `'"; ${name}`])))
    assert.match(card.headers.get('location')!, /^\/odd\/\d+$/, card.words)
    const page = await admin.get(card.headers.get('location')!)
    assert.equal(page.status, 200)
    assert.isAbove((await row<{ staff: number }>(sql`select count(*) as staff from staff`))!.staff, 0)
    assert.equal((await admin.get('/tables/1')).status, 200)
  })

  test('an address that is taken or is none is refused: {$self}')
    .with(['login', 'users', 'user', 'assets', 'odd', 'api', 'Ёж', 'a b', '../x', 'x-', '1x', 'x'.repeat(41), "x'"])
    .run(async ({ assert }, path) => {
      await admin.get('/tables/new')
      const refused = await admin.post('/tables', wizardForm({ many: 'X', path }, [['Name', 'text']]))
      assert.equal(refused.status, 422)
      assert.include(refused.words, 'path-error')
    })

  test('more fields than there may be are told: {$self}')
    .with([101, 300])
    .run(async ({ assert }, count) => {
      await admin.get('/tables/new')
      const form = wizardForm({ many: 'Wide', path: `wide-${count}` }, Array.from({ length: count }, (_, at) => [`Field ${at}`, 'text']))
      const answer = await admin.post('/tables', form)
      assert.equal(answer.status, 422)
      assert.include(answer.words, 'At most 100')
    })

  test('a table of as many fields as there may be is made', async ({ assert }) => {
    await admin.get('/tables/new')
    const form = wizardForm({ many: 'Full', path: 'full' }, Array.from({ length: 100 }, (_, at) => [`Field ${at}`, 'text', { labelEn: 'x', required: '1', personal: '1', tellsApart: '' }]))
    assert.equal((await admin.post('/tables', form)).headers.get('location'), '/full')
    assert.equal((await admin.get('/full')).status, 200)
    assert.equal((await admin.get('/full/create')).status, 200)
  })

  test('a file is refused in words: {$i}')
    .with(['', 'a', `${Array.from({ length: 2000 }, (_, at) => `c${at}`).join(',')}\n${'1,'.repeat(1999)}1\n`, 'PK\u0003\u0004xx\n1,2'])
    .run(async ({ assert }, text) => {
      await admin.get('/tables/create')
      const answer = await admin.upload('/tables/files', 'x.csv', text)
      assert.equal(answer.status, 422)
      assert.include(answer.words, 'file-error')
    })

  test('a file with headers of any kind becomes a table, and what does not fit is told', async ({ assert }) => {
    await admin.get('/tables/create')
    const csv = 'select,,"; drop",Дата,select\n1,a,b,01.02.2020,2\n2,,b,31.02.2020,3\n3,' + 'я'.repeat(600) + ',b,02.02.2020,4\n'
    const uploaded = await admin.upload('/tables/files', 'Тест "файл".csv', csv)
    assert.match(uploaded.headers.get('location')!, /^\/tables\/new\?file=\d+$/)
    const page = await admin.get(uploaded.headers.get('location')!)
    assert.equal(page.status, 200)
    const stranger = new Visitor()
    await stranger.signIn((await aMemberOfStaff({ role: 'administrator' })).email)
    assert.equal((await stranger.get(uploaded.headers.get('location')!)).status, 404, 'files of others')

    const file = /file=(\d+)/.exec(uploaded.headers.get('location')!)![1]
    const columns = ['select', '#2', '"; drop', 'Дата', 'select (2)']
    const types = ['integer', 'text', 'text', 'date', 'integer']
    const made = await admin.post('/tables', wizardForm({ file, many: 'From a file', path: 'from-file' }, columns.map((from, at) => [from, types[at], { from }])))
    assert.match(made.headers.get('location')!, /^\/imports\/\d+$/, made.words)
    const [settings] = await rows<{ fields: object; match: string }>(sql`select settings -> 'fields' as fields, settings ->> 'match' as match from imports`)
    assert.equal(settings.match, 'everyLine')
    assert.lengthOf(Object.keys(settings.fields), 5)
  })

  test('nobody but administrators gets near, nor to a table before it was ticked for them', async ({ assert }) => {
    const marketer = new Visitor()
    await marketer.signIn((await aMemberOfStaff()).email)
    for (const path of ['/tables', '/tables/create', '/tables/new', '/tables/found', '/tables/1/removal', '/attributes/1/deletion']) {
      assert.equal((await marketer.get(path)).status, 403, path)
    }
    assert.equal((await marketer.get('/odd')).status, 403)
    await execute(sql`insert into role_rights (role, object, rights) values ('marketer', 'custom_odd', '{read}')`)
    outdateRoles()
    assert.equal((await marketer.get('/odd')).status, 200)
    for (const name of ['attribute', 'custom_table']) assert.sameMembers([...grantableRights(objects.get(name))], ['read'])
  })

  test('one that follows a deleted one at its address has neither its rights nor its history', async ({ assert }) => {
    const make = async () => {
      await admin.get('/tables/new')
      assert.equal((await admin.post('/tables', wizardForm({ many: 'Again', path: 'again' }, [['Name', 'text']]))).status, 303)
      return (await row<{ id: number; name: string }>(sql`select id, name from custom_tables where path = 'again'`))!
    }
    const { id, name } = await make()
    await admin.post('/again', { name: 'of before' })
    await execute(sql`insert into role_rights (role, object, rights) values ('marketer', ${name}, '{read}')`)
    await execute(sql`insert into api_keys (name, beginning, hash, scopes)
      values ('Site', 'x', sha256('x'), array[${`${name}:read`}, 'user:read'])`)
    await admin.get(`/tables/${id}/removal`)
    assert.equal((await admin.post(`/tables/${id}/removal`, { typed: 'again' })).status, 303)
    assert.isUndefined(await row(sql`select 1 from role_rights where object = ${name}`))
    assert.deepEqual(await row(sql`select scopes from api_keys`), { scopes: ['user:read'] })

    const { name: next } = await make()
    assert.notEqual(next, name)
    await readChanges()
    assert.match((await admin.post('/again', { name: 'of now' })).headers.get('location')!, /^\/again\/1$/)
    const history = await admin.get('/again/1/history', { 'HX-Request': 'true' })
    assert.include(history.words, 'of now')
    assert.notInclude(history.words, 'of before')
  })
})
