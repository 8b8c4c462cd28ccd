import { test } from '@japa/runner'
import { execute, row, rows, sql } from '#core/database'
import { objects } from '#core/objects'
import { runNow } from '#core/jobs'
import { aMemberOfStaff } from '#tests/support/staff'
import { a, aUser, aReceipt } from '#tests/support/people'
import { Visitor } from '#tests/support/visitor'
import { withLibrary } from './support/library.js'
import { purgeJob } from '../../../app/core/screens/trash/purge_job.js'

const fragment = { 'hx-request': 'true', 'hx-request-type': 'partial' }

test.group('Trash', (group) => {
  withLibrary(group)

  let visitor: Visitor
  let id: number
  group.each.setup(async () => {
    const staff = await aMemberOfStaff({ name: 'Мария Ёлкина' })
    visitor = new Visitor()
    await visitor.signIn(staff.email)
    id = (await row<{ id: number }>(sql`insert into test_shelves (name, price) values ('Дуб', 12550) returning id`))!.id
    await visitor.get('/test-shelves')
  })

  const remove = (shelf = id) => visitor.post(`/test-shelves/${shelf}/deletion`, {}, fragment)
  const restored = (shelf = id) => visitor.post(`/test-shelves/${shelf}/restoration`, {}, fragment)
  const inList = async () => (await visitor.get('/test-shelves')).words.includes('Дуб')

  test('what is deleted leaves lists, cards and pickers, and lies in the trash with who and when', async ({ assert }) => {
    const gone = await remove()
    assert.equal(gone.headers.get('hx-redirect'), '/test-shelves')
    const list = await visitor.get('/test-shelves')
    assert.include(list.words, `action="/test-shelves/${id}/restoration"`, 'the page that follows offers Undo')
    assert.isFalse(await inList())
    assert.equal((await visitor.get(`/test-shelves/${id}`)).status, 404)
    assert.equal((await visitor.get('/references/test-shelves?q=')).words, '[]')
    const trash = await visitor.get('/test-shelves/trash')
    for (const words of ['Дуб', 'Мария Ёлкина', '30 days left']) assert.include(trash.words, words)
  })

  test('what is restored is as it was', async ({ assert }) => {
    await remove()
    const back = await restored()
    assert.equal(back.status, 204)
    assert.include(back.headers.get('hx-trigger')!, 'test_shelf:changed')
    assert.isTrue(await inList())
    assert.include((await visitor.get(`/test-shelves/${id}`)).words, '₽125.50')
    assert.equal((await restored()).status, 404)
    const told = await rows<{ action: string }>(sql`select action from audit_log where object = 'test_shelf' and record_id = ${id} order by id`)
    assert.deepEqual(told.map(({ action }) => action), ['delete', 'undelete'])
  })

  test('a row that others point at stays, and it is said which', async ({ assert }) => {
    await execute(sql`insert into test_books (shelf_id, name) values (${id}, 'Том 1'), (${id}, 'Том 2')`)
    const refused = await remove()
    assert.equal(refused.status, 422)
    assert.match(refused.words, /point at it: .*\(2\)/)
    assert.isTrue(await inList())
  })

  test('nobody points at what lies in the trash', async ({ assert }) => {
    await remove()
    const refused = await visitor.post('/test-books', { shelf: String(id), name: 'Том 1' }, fragment)
    assert.equal(refused.status, 422)
    assert.include(refused.words, 'There is no such row')
  })

  test('a customer may go, and their purchases stay', async ({ assert }) => {
    const buyer = await aUser({ personalDataAgree: false, communicationAgree: false })
    const receipt = await aReceipt(buyer)
    assert.equal((await visitor.post(`/users/${buyer}/deletion`, {}, fragment)).status, 200)
    assert.deepEqual(await row(sql`select user_id as user from receipts where id = ${receipt}`), { user: buyer })
    assert.equal((await visitor.get(`/users/${buyer}`)).status, 404)
    assert.isBelow((await visitor.post(`/users/${buyer}/restoration`, {}, fragment)).status, 300)
    assert.equal((await visitor.get(`/users/${buyer}`)).status, 200)
  })

  test('a code is free again, and then the old row cannot come back', async ({ assert }) => {
    const good = await a('good', { code: 'x-1', name: 'Чай' })
    assert.equal((await visitor.post(`/goods/${good}/deletion`, {}, fragment)).status, 200)
    await a('good', { code: 'x-1', name: 'Другой чай' })
    const refused = await visitor.post(`/goods/${good}/restoration`, {}, fragment)
    assert.equal(refused.status, 422)
    assert.include(refused.headers.get('hx-trigger')!, 'taken already')
  })

  test('after thirty days it is gone for good, unless something in the trash points at it', async ({ assert }) => {
    const [parent, lone] = [await a('category', { code: 'p', name: 'Напитки' }), await a('category', { code: 'l', name: 'Разное' })]
    const fresh = await a('category', { code: 'f', name: 'Новое' })
    const child = await a('category', { code: 'c', name: 'Чай', parent })
    const aside = (days: number, ids: number[]) =>
      execute(sql`update categories set deleted_at = now() - make_interval(days => ${days}) where id = any(${ids})`)
    await aside(31, [parent, lone])
    await aside(29, [fresh, child])
    await runNow(purgeJob, {}, { actor: { staffId: null }, title: 'now' })
    const left = await rows<{ id: number }>(sql`select id from categories where id = any(${[parent, lone, fresh, child]}) order by id`)
    assert.deepEqual(left.map((one) => one.id), [parent, fresh, child])
  })

  test('what turns out to be in use is not purged, however long it lay there', async ({ assert }) => {
    const mail = await a('communication', { name: 'Letter' })
    await execute(sql`update communications set deleted_at = now() - interval '31 days' where id = ${mail}`)
    await execute(sql`insert into sends (communication_id, identifier_ids) values (${mail}, '{}')`)
    await runNow(purgeJob, {}, { actor: { staffId: null }, title: 'now' })
    assert.exists(await row(sql`select 1 from sends where communication_id = ${mail}`))
    await execute(sql`update sends set test = true where communication_id = ${mail}`)
    await runNow(purgeJob, {}, { actor: { staffId: null }, title: 'now' })
    assert.notExists(await row(sql`select 1 from communications where id = ${mail}`))
  })

  test('the trash is for those who may delete, of sections that have one', async ({ assert }) => {
    assert.include((await visitor.get('/test-shelves')).words, 'href="/test-shelves/trash"')
    assert.equal((await visitor.get('/receipts/trash')).status, 403)
    assert.equal((await visitor.get('/stop-list/trash')).status, 404)
    const viewer = await aMemberOfStaff({ role: 'viewer' })
    visitor = new Visitor()
    await visitor.signIn(viewer.email)
    assert.notInclude((await visitor.get('/test-shelves')).words, '/trash')
    assert.equal((await visitor.get('/test-shelves/trash')).status, 403)
    assert.equal((await restored()).status, 403)
  })

  test('every object with a trash has its column, and purges by it', async ({ assert }) => {
    for (const { name, table, trash } of objects.all().filter((object) => object.trash)) {
      const found = await row(sql`select 1 from information_schema.columns where table_name = ${table} and column_name = 'deleted_at'`)
      assert.equal(Boolean(found), trash, name)
    }
  })
})
