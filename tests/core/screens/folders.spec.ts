import { test } from '@japa/runner'
import { row, sql } from '#core/database'
import { aMemberOfStaff } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'
import { shelves, withLibrary } from './support/library.js'

const filter = JSON.stringify({ logic: 'and', of: [{ field: 'name', operator: 'contains', value: ['0002'] }] })

test.group('Folders', (group) => {
  withLibrary(group)

  let owner: Visitor
  group.each.setup(async () => {
    await shelves(5)
    owner = await somebody()
    await owner.get('/test-shelves')
  })

  const save = (form: Record<string, string> = {}) =>
    owner.post('/folders', { object: 'test_shelf', filter, name: 'Вторая', ...form })

  const idOf = async (answer: Response) => /folder=(\d+)/.exec(answer.headers.get('location')!)![1]

  test('a filter is saved under a name, and its folder applies it', async ({ assert }) => {
    const saved = await save()
    assert.equal(saved.status, 303)
    const page = await owner.get(saved.headers.get('location')!)
    assert.lengthOf(page.words.match(/<tr data-opens/g)!, 1)
    assert.include(page.words, 'data-folder="Вторая" data-current')
  })

  test('a folder is seen by others only when it is shared', async ({ assert }) => {
    await save()
    await save({ name: 'Общая', shared: '1' })
    const other = await somebody()
    const page = await other.get('/test-shelves')
    assert.notInclude(page.words, 'data-folder="Вторая"')
    assert.include(page.words, 'data-folder="Общая"')
  })

  test('A-09 somebody else’s private folder is neither applied nor changed', async ({ assert }) => {
    const id = await idOf(await save())
    const other = await somebody()
    const page = await other.get(`/test-shelves?folder=${id}`)
    assert.lengthOf(page.words.match(/<tr data-opens/g)!, 5)
    assert.equal((await other.get(`/folders/${id}/edit`)).status, 404)
    assert.equal((await other.post(`/folders/${id}`, { name: 'Моя' })).status, 404)
    assert.equal((await other.post(`/folders/${id}/deletion`)).status, 404)
  })

  test('a name is needed, and needed once', async ({ assert }) => {
    assert.equal((await save({ name: '  ' })).status, 422)
    await save()
    const again = await save()
    assert.equal(again.status, 422)
    assert.include(again.words, 'taken already')
  })

  test('what is no filter is no folder', async ({ assert }) => {
    assert.notEqual((await save({ filter: '{"logic":"xor"}' })).status, 303)
    assert.isUndefined(await row(sql`select id from folders`))
  })

  test('a folder is renamed and deleted', async ({ assert }) => {
    const id = await idOf(await save())
    assert.equal((await owner.post(`/folders/${id}`, { name: 'Другая', shared: '1' })).status, 303)
    assert.deepInclude(await row(sql`select name, shared from folders where id = ${Number(id)}`), { name: 'Другая', shared: true })
    assert.equal((await owner.post(`/folders/${id}/deletion`)).status, 303)
    assert.isUndefined(await row(sql`select id from folders`))
  })

  test('a folder of a section that one may not read is not made', async ({ assert }) => {
    assert.equal((await save({ object: 'test_vault' })).status, 403)
    assert.equal((await save({ object: 'nothing' })).status, 404)
  })
})

async function somebody() {
  const staff = await aMemberOfStaff({ role: 'marketer' })
  const visitor = new Visitor()
  await visitor.signIn(staff.email)
  return visitor
}
