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
    assert.include(page.words, 'data-folder="Вторая"')
    assert.match(page.words, /data-folder="Вторая"[^>]*data-current/)
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

  test('a pinned folder stands first, in the order that the person gives it', async ({ assert }) => {
    const [a, b, c] = [await idOf(await save({ name: 'А' })), await idOf(await save({ name: 'Б' })), await idOf(await save({ name: 'В' }))]
    const place = (id: string, word: string) => owner.post(`/folders/${id}/place`, { place: word })
    const order = async () => [...(await owner.get('/test-shelves')).words.matchAll(/data-folder="(.)"/g)].map(([, name]) => name).join('')
    await place(c, 'pin')
    await place(b, 'pin')
    assert.equal(await order(), 'ВБА')
    await place(b, 'up')
    await place(b, 'up')
    assert.equal(await order(), 'БВА')
    await place(b, 'unpin')
    await place(c, 'down')
    assert.equal(await order(), 'ВАБ')
    assert.equal((await place(a, 'constructor')).status, 404)
  })

  test('the section opens with the default folder, and “all” leaves it', async ({ assert }) => {
    const id = await idOf(await save())
    assert.equal((await owner.post(`/folders/${id}/place`, { place: 'default' })).status, 303)
    const rowsAt = async (address: string) => (await owner.get(address)).words.match(/<tr data-opens/g)?.length
    assert.equal(await rowsAt('/test-shelves'), 1)
    assert.equal(await rowsAt('/test-shelves?folder=all'), 5)
    assert.equal(await rowsAt('/test-shelves?folder=all&sort=name'), 5)
    assert.include((await owner.get('/test-shelves')).words, 'href="/test-shelves?folder=all"')
    await owner.post(`/folders/${id}/deletion`)
    assert.equal(await rowsAt('/test-shelves'), 5)
  })

  test('a folder takes over the filter in force, and only from whom it belongs to', async ({ assert }) => {
    const id = await idOf(await save({ shared: '1' }))
    const changed = JSON.stringify({ logic: 'or', of: [{ field: 'name', operator: 'contains', value: ['000'] }] })
    const page = await owner.get(`/test-shelves?folder=${id}&filter=${encodeURIComponent(changed)}`)
    assert.lengthOf(page.words.match(/<tr data-opens/g)!, 5)
    assert.include(page.words, `action="/folders/${id}/filter"`)
    const other = await somebody()
    assert.notInclude((await other.get(`/test-shelves?folder=${id}&filter=${encodeURIComponent(changed)}`)).words, `/folders/${id}/filter`)
    assert.equal((await other.post(`/folders/${id}/filter`, { filter: changed })).status, 404)
    assert.equal((await owner.post(`/folders/${id}/filter`, { filter: changed })).status, 303)
    assert.deepEqual(await row(sql`select filter from folders where id = ${Number(id)}`), { filter: JSON.parse(changed) })
  })

  test('tells how many rows a folder lists to those who see it', async ({ assert }) => {
    const id = await idOf(await save())
    assert.equal((await owner.get(`/folders/${id}/count`)).words, '1')
    assert.equal((await (await somebody()).get(`/folders/${id}/count`)).status, 404)
  })

  test('the filter stays hidden and the folders folded as they were left', async ({ assert }) => {
    const address = `/test-shelves?filter=${encodeURIComponent(filter)}`
    const box = async () => /<section class="panel filter-box"[^>]*>/.exec((await owner.get(address)).words)![0]
    assert.notMatch(await box(), / hidden/)
    assert.equal((await owner.post('/layouts/test-shelves', { filter: 'hidden' })).status, 204)
    assert.equal((await owner.post('/layouts/test-shelves', { folders: 'folded' })).status, 204)
    assert.match(await box(), / hidden/)
    assert.include((await owner.get(address)).words, 'data-folded="1"')
    assert.include((await owner.get(address)).words, 'class="filter-chip-words"')
  })

  test('its conditions are put into a filter as a copy', async ({ assert }) => {
    const id = await idOf(await save())
    const draft = { 'filter-logic': 'and', 'builder-applies': '1', 'filter-folder': id }
    const built = await owner.post('/filters/test-shelves', draft, { 'hx-request': 'true', 'hx-request-type': 'partial' })
    assert.include(built.words, 'value="0002"')
    const other = await somebody()
    await other.get('/test-shelves')
    const refused = await other.post('/filters/test-shelves', draft, { 'hx-request': 'true', 'hx-request-type': 'partial' })
    assert.notInclude(refused.words, 'value="0002"')
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
