import { test } from '@japa/runner'
import { recordChange } from '#core/audit'
import { execute, row, rows, sql, transaction } from '#core/database'
import { edit, objects, type Values } from '#core/objects'
import { aMemberOfStaff } from '#tests/support/staff'
import { a, aUser } from '#tests/support/people'
import { Visitor } from '#tests/support/visitor'
import { define } from '../../../app/segments/define.js'
import { shelf, withLibrary } from './support/library.js'

const fragment = { 'hx-request': 'true', 'hx-request-type': 'partial' }

test.group('History', (group) => {
  withLibrary(group)

  let visitor: Visitor
  let staffId: number
  let id: number
  group.each.setup(async () => {
    const staff = await aMemberOfStaff({ name: 'Мария Ёлкина' })
    staffId = staff.id
    visitor = new Visitor()
    await visitor.signIn(staff.email)
    id = await a('test_shelf', { name: 'Дуб', price: 12550, kind: 'wood' })
    await visitor.get(`/test-shelves/${id}`)
  })

  const changed = (values: Values) => transaction((trx) => edit(shelf, id, values, { staffId }, trx))
  const history = (words = '') => visitor.get(`/test-shelves/${id}/history${words}`, fragment)
  const lastEntry = async () => (await row<{ id: number }>(sql`select max(id) as id from audit_log where object = 'test_shelf' and record_id = ${id}`))!.id
  const revert = (entry: number, seen: Record<string, string>) => visitor.post(`/test-shelves/${id}/history/${entry}/reversal`, seen, fragment)
  const nameNow = async () => (await row<{ name: string }>(sql`select name from test_shelves where id = ${id}`))!.name

  test('tells who changed what, in words, the latest first', async ({ assert }) => {
    await changed({ name: 'Бук', price: 9990 })
    assert.include((await visitor.get(`/test-shelves/${id}`)).words, `/test-shelves/${id}/head/history`)
    const { words } = await history()
    assert.match(words, /Editing|Change|Edit/)
    assert.include(words, 'Мария Ёлкина')
    assert.match(words, /<del>Дуб<\/del>[^]*<ins>Бук<\/ins>/)
    assert.match(words, /<del>₽125.50<\/del>[^]*<ins>₽99.90<\/ins>/)
    assert.isBelow(words.indexOf('Бук'), words.indexOf('System'))
  })

  test('fifteen entries a page', async ({ assert }) => {
    for (let n = 1; n <= 17; n++) await changed({ name: `Полка ${n}` })
    const first = await history()
    const older = /hx-get="([^"]+before=\d+)"/.exec(first.words)![1]
    assert.lengthOf(first.words.match(/history-entry/g)!, 15)
    const rest = await visitor.get(older.replaceAll('&amp;', '&'), fragment)
    assert.lengthOf(rest.words.match(/history-entry/g)!, 3)
  })

  test('a change is reverted by the rules of a write, and that is in the history too', async ({ assert }) => {
    await changed({ name: 'Бук', price: null })
    const entry = await lastEntry()
    const back = await revert(entry, { 'seen-name': 'Бук', 'seen-price': '' })
    assert.equal(back.status, 200)
    assert.deepEqual(await row(sql`select name, price from test_shelves where id = ${id}`), { name: 'Дуб', price: 12550 })
    const told = await rows<{ changes: object }>(sql`select changes from audit_log where object = 'test_shelf' and action = 'edit' order by id`)
    assert.deepEqual(told.at(-1)!.changes, { before: { name: 'Бук', price: null }, after: { name: 'Дуб', price: 12550 } })
  })

  test('X-06 what somebody else wrote meanwhile is not reverted over', async ({ assert }) => {
    await changed({ name: 'Бук' })
    const entry = await lastEntry()
    await changed({ name: 'Вяз' })
    const late = await revert(entry, { 'seen-name': 'Бук' })
    assert.equal(late.status, 409)
    assert.include(late.words, 'Вяз')
    assert.equal(await nameNow(), 'Вяз')
    assert.equal((await revert(entry, { 'seen-name': 'Вяз' })).status, 200)
    assert.equal(await nameNow(), 'Дуб')
  })

  test('what a rule refuses by now is said in a sentence', async ({ assert }) => {
    await changed({ name: 'Бук' })
    const entry = await lastEntry()
    await a('test_shelf', { name: 'Дуб' })
    const refused = await revert(entry, { 'seen-name': 'Бук' })
    assert.equal(refused.status, 422)
    assert.include(refused.words, 'taken already')
    assert.equal(await nameNow(), 'Бук')
  })

  test('only changes of this row are reverted, by those who may edit it', async ({ assert }) => {
    const other = await a('test_shelf', { name: 'Ель' })
    await transaction((trx) => edit(shelf, other, { name: 'Пихта' }, { staffId }, trx))
    const foreign = (await row<{ id: number }>(sql`select max(id) as id from audit_log`))!.id
    assert.equal((await revert(foreign, { 'seen-name': 'Дуб' })).status, 404)
    assert.equal((await revert(999_999_999, {})).status, 404)
    assert.equal((await visitor.post(`/test-shelves/${id}/history/x/reversal`, {}, fragment)).status, 404)
    await changed({ name: 'Бук' })
    const viewer = await aMemberOfStaff({ role: 'viewer' })
    visitor = new Visitor()
    await visitor.signIn(viewer.email)
    assert.notInclude((await history()).words, '/reversal')
    assert.equal((await revert(await lastEntry(), { 'seen-name': 'Бук' })).status, 403)
  })

  test('what was a field once is covered in the list and for those who may not see personal data', async ({ assert }) => {
    const changes = { after: { name: 'Бук', nickname: 'Канарейка' } }
    await recordChange({ actor: { staffId }, action: 'edit', object: 'test_shelf', id, ...changes })
    const visitors = await Promise.all(['administrator', 'viewer'].map(async (role) => (await aMemberOfStaff({ role })).email))
    visitor = new Visitor()
    await visitor.signIn(visitors[0])
    assert.include((await history()).words, 'Канарейка')
    const list = await visitor.get('/audit')
    assert.include(list.words, 'Бук; nickname: •••')
    assert.notInclude(list.words, 'Канарейка')
    visitor = new Visitor()
    await visitor.signIn(visitors[1])
    assert.notInclude((await history()).words, 'Канарейка')
  })

  test('of what has no card opens in a window from its edit form, and is reverted there', async ({ assert }) => {
    const gender = await a('gender', { code: 'fair', nameEn: 'Fair' })
    await transaction((trx) => edit(objects.get('gender'), gender, { nameEn: 'Market' }, { staffId }, trx))
    const admin = new Visitor()
    await admin.signIn((await aMemberOfStaff({ role: 'administrator' })).email)
    await admin.get('/genders')
    assert.include((await admin.get(`/genders/${gender}/edit`, fragment)).words, `hx-get="/genders/${gender}/history?window=1"`)
    const window = await admin.get(`/genders/${gender}/history?window=1`, fragment)
    assert.match(window.words, /<dialog[^]*<del>Fair<\/del>[^]*<ins>Market<\/ins>/)
    const [, reversal] = /hx-post="([^"]+reversal)"/.exec(window.words)!
    const back = await admin.post(reversal, { 'seen-nameEn': 'Market' }, fragment)
    assert.equal(back.status, 200)
    assert.notInclude(back.words, '<dialog')
    assert.include(back.headers.get('hx-trigger')!, 'gender:changed')
    assert.deepEqual(await row(sql`select name_en from genders where id = ${gender}`), { name_en: 'Fair' })
    assert.include((await admin.get(`/genders/${gender}/history`)).words, `href="/genders/${gender}/edit"`)
  })

  test('who is in a segment comes back, unless it was said anew since', async ({ assert }) => {
    const segment = await a('segment', { name: 'Near', object: 'user' })
    const asks = (value: string) => ({ logic: 'and' as const, of: [{ field: 'surname', operator: 'equal', value: [value] }] })
    const defined = (value: string) => transaction((trx) => define(segment, { filter: asks(value), columns: ['surname'] }, { staffId }, trx))
    await defined('Ivanova')
    await defined('Petrova')
    const entries = async () => [...(await visitor.get(`/segments/${segment}/history`, fragment)).words.matchAll(/hx-post="([^"]+reversal)"/g)].map(([, to]) => to)
    const { words } = await visitor.get(`/segments/${segment}/history`, fragment)
    assert.match(words, /<del>[^<]*Ivanova[^<]*<\/del>[^]*<ins>[^<]*Petrova[^<]*<\/ins>/)
    assert.include(words, '<ins>Surname</ins>')
    const [second, first] = await entries()
    const early = await visitor.post(first, {}, fragment)
    assert.equal(early.status, 422)
    assert.include(early.words, 'changed again since then')
    assert.equal((await visitor.post(second, {}, fragment)).status, 200)
    assert.deepEqual(await row(sql`select filter from segments where id = ${segment}`), { filter: asks('Ivanova') })

    const viewer = new Visitor()
    await viewer.signIn((await aMemberOfStaff({ role: 'viewer' })).email)
    await viewer.get(`/segments/${segment}`)
    assert.equal((await viewer.post(second, {}, fragment)).status, 403)
  })

  test('what a role may do is told in words, also in the audit log, and comes back', async ({ assert }) => {
    const role = (await row<{ id: number }>(sql`select id from roles where code = 'viewer'`))!.id
    const admin = new Visitor()
    await admin.signIn((await aMemberOfStaff({ role: 'administrator' })).email)
    const page = await admin.get(`/roles/${role}/rights`)
    const [, seen] = /name="seen" value="([^"]+)"/.exec(page.words)!
    await admin.post(`/roles/${role}/rights`, { 'whole': '1', seen, 'rights[good][]': 'edit' })
    const { words } = await admin.get(`/roles/${role}/history`, fragment)
    assert.match(words, /<dt>Goods<\/dt>[^]*<del>Read<\/del>[^]*<ins>Read, Edit<\/ins>/)
    assert.include((await admin.get('/audit')).words, 'Goods: Read » Read, Edit')
    const [, reversal] = /hx-post="([^"]+reversal)"/.exec(words)!
    assert.equal((await admin.post(reversal, {}, fragment)).status, 200)
    assert.isUndefined(await row(sql`select from role_rights where role = 'viewer' and object = 'good'`))
    assert.include((await admin.post(reversal, {}, fragment)).words, 'changed again since then')
  })

  test('of the company stands on the page of its settings', async ({ assert }) => {
    const admin = new Visitor()
    await admin.signIn((await aMemberOfStaff({ role: 'administrator' })).email)
    await execute(sql`insert into settings default values on conflict do nothing`)
    await transaction((trx) => edit(objects.get('settings'), 1, { companyName: 'Берёзка' }, { staffId }, trx))
    assert.include((await admin.get('/settings')).words, '/settings/1/history?window=1')
    const { words } = await admin.get('/settings/1/history?window=1', fragment)
    assert.include(words, 'Берёзка')
    const [, reversal] = /hx-post="([^"]+reversal)"/.exec(words)!
    assert.equal((await admin.post(reversal, { 'seen-companyName': 'Берёзка' }, fragment)).status, 200)
    assert.include((await admin.get('/settings/1/history')).words, 'href="/settings"')
  })

  test('personal data stays covered in the history, and uncovered for nobody in the list of the audit log', async ({ assert }) => {
    const user = await aUser({ surname: 'Канареева' })
    const seen = await visitor.get(`/users/${user}/history`, fragment)
    assert.include(seen.words, 'Канареева')
    const viewer = await aMemberOfStaff({ role: 'viewer' })
    visitor = new Visitor()
    await visitor.signIn(viewer.email)
    const covered = await visitor.get(`/users/${user}/history`, fragment)
    assert.equal(covered.status, 200)
    assert.notInclude(covered.words, 'Канареева')
    assert.match(covered.words, /Surname<\/dt>[^]*•••/)

    const administrator = await aMemberOfStaff({ role: 'administrator' })
    visitor = new Visitor()
    await visitor.signIn(administrator.email)
    const list = await visitor.get('/audit')
    assert.equal(list.status, 200)
    assert.include(list.words, 'Surname: •••')
    assert.notInclude(list.words, 'Канареева')
  })
})
