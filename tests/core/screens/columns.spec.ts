import { test } from '@japa/runner'
import { row, sql } from '#core/database'
import { objects, plain } from '#core/objects'
import { aMemberOfStaff } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'
import { book, shelf, shelves, withLibrary } from './support/library.js'
import { knownColumns } from '../../../app/core/exports/export_view.js'
import { keepSettings, listSettings } from '../../../app/core/screens/list/list_settings.js'

async function someone(role: 'administrator' | 'marketer' | 'viewer' = 'marketer') {
  const staff = await aMemberOfStaff({ role })
  const visitor = new Visitor()
  await visitor.signIn(staff.email)
  return { staff, visitor }
}

const heads = (words: string) => [...words.matchAll(/<th scope="col"(?![^>]*pick)[^>]*>([\s\S]*?)<\/th>/g)].map(([, inner]) => inner.replace(/<[^>]+>/g, '').trim())

/** The visitor knows one value a name; this form has many. */
async function choose(visitor: Visitor, path: string, columns: string[], more: Record<string, string> = {}) {
  return visitor.post(`/columns/${path}`, Object.fromEntries([...columns.map((name, n) => [`columns[${n}]`, name]), ...Object.entries(more)]))
}

test.group('Columns of a list', (group) => {
  withLibrary(group)

  test('stand as the person put them, for nobody else', async ({ assert }) => {
    await shelves(2)
    const { visitor } = await someone()
    const { visitor: other } = await someone()
    await visitor.get('/columns/test-shelves')
    assert.equal((await choose(visitor, 'test-shelves', ['price', 'name', 'code'])).status, 303)
    assert.lengthOf(heads((await visitor.get('/test-shelves')).words), 3)
    assert.lengthOf(heads((await other.get('/test-shelves')).words), 5)
  })

  test('may be those of a row that a reference leads to', async ({ assert }) => {
    await shelves(1)
    const id = (await row<{ id: number }>(sql`select id from test_shelves`))!.id
    await row(sql`insert into test_books (shelf_id, name) values (${id}, 'Атлас') returning id`)
    const { visitor } = await someone()
    await visitor.get('/columns/test-books')
    await choose(visitor, 'test-books', ['name', 'shelf.price', 'shelf.name'])
    const page = await visitor.get('/test-books')
    assert.equal(page.status, 200)
    assert.include(page.words, 'Полка 0001')
  })

  test('behind a reference that is personal data are masked, and left out of a file', async ({ assert, cleanup }) => {
    await shelves(1)
    const id = (await row<{ id: number }>(sql`select id from test_shelves`))!.id
    await row(sql`insert into test_books (shelf_id, name) values (${id}, 'Атлас') returning id`)
    const reference = objects.field(book, 'shelf')
    cleanup(() => void (reference.personal = false))
    reference.personal = true
    const { visitor, staff } = await someone()
    await keepSettings(book, staff.id, { columns: ['name', 'shelf.name', 'shelf.price'] })
    const { words } = await visitor.get('/test-books')
    assert.include(words, 'Атлас')
    assert.include(words, '•••')
    for (const told of ['Полка', 'П•••', '₽']) assert.notInclude(words, told)
    assert.deepEqual(knownColumns(book, ['name', 'shelf.name'], { ...plain, knows: () => false }), ['name'])
    reference.personal = false
    assert.deepEqual(knownColumns(book, ['name', 'shelf.name'], { ...plain, reads: (name) => name === 'test_book' }), ['name'])
  })

  test('what is unknown, secret or out of reach is left out; nothing at all is told', async ({ assert }) => {
    await shelves(1)
    const { visitor, staff } = await someone()
    await visitor.get('/columns/test-shelves')
    await choose(visitor, 'test-shelves', ['name', 'nope', '__proto__', 'name.id', 'constructor'])
    assert.deepEqual((await listSettings(shelf, staff.id)).columns, ['name'])
    await choose(visitor, 'test-shelves', ['price', ...Array.from({ length: 40 }, (_, n) => `none${n}`), 'name'])
    assert.deepEqual((await listSettings(shelf, staff.id)).columns, ['price', 'name'])
    const refused = await choose(visitor, 'test-shelves', ['nope'])
    assert.equal(refused.status, 422)
    assert.include(refused.words, 'role="alert"')
  })

  test('a column that is gone since leaves the list standing', async ({ assert }) => {
    await shelves(1)
    const { visitor, staff } = await someone()
    await keepSettings(shelf, staff.id, { columns: ['gone', 'name'] })
    const page = await visitor.get('/test-shelves')
    assert.equal(page.status, 200)
    assert.lengthOf(heads(page.words), 1)
  })

  test('administrators say how the list is for those who have said nothing', async ({ assert }) => {
    await shelves(1)
    const { visitor: administrator } = await someone('administrator')
    const { visitor } = await someone()
    await administrator.get('/columns/test-shelves')
    await choose(administrator, 'test-shelves', ['name'], { for: 'everybody' })
    assert.lengthOf(heads((await visitor.get('/test-shelves')).words), 1)
    assert.equal((await choose(visitor, 'test-shelves', ['price'], { for: 'everybody' })).status, 403)

    await choose(visitor, 'test-shelves', ['name', 'price'])
    assert.lengthOf(heads((await visitor.get('/test-shelves')).words), 2)
    await visitor.post('/columns/test-shelves/reset')
    assert.lengthOf(heads((await visitor.get('/test-shelves')).words), 1)
  })

  test('the number of rows is remembered, and what an address says goes first', async ({ assert }) => {
    await shelves(60)
    const { visitor, staff } = await someone()
    const rows = async (path: string) => (await visitor.get(path)).words.match(/<tr data-opens/g)?.length
    await visitor.get('/test-shelves')
    const went = await visitor.post('/sizes/test-shelves', { size: '50', sort: '-name' })
    assert.equal(went.headers.get('location'), '/test-shelves?sort=-name')
    assert.equal(await rows('/test-shelves'), 50)
    assert.equal(await rows('/test-shelves?size=20'), 20)
    assert.equal((await visitor.post('/sizes/test-shelves', { size: '7' })).status, 404)
    assert.equal((await listSettings(shelf, staff.id)).size, 50)
    assert.isNull((await listSettings(book, staff.id)).size)
  })
})
