import { test } from '@japa/runner'
import { execute, row, sql } from '#core/database'
import { type Group } from '#core/filters'
import { aMemberOfStaff } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'
import { shelves, withLibrary } from './support/library.js'

const fragment = { 'hx-request': 'true', 'hx-request-type': 'partial' }
const lent: Group = { logic: 'and', of: [{ field: 'lent', operator: 'equal', value: ['1'] }] }
const written = (filter: Group) => encodeURIComponent(JSON.stringify(filter))

/** Two shelves; the first holds twenty books, every second of them lent. */
async function aShelfOfBooks() {
  await shelves(2)
  const shelf = await row<{ id: number }>(sql`select min(id) as id from test_shelves`)
  await execute(
    sql`insert into test_books (shelf_id, name, lent)
      select case when n <= 20 then ${shelf!.id} else ${shelf!.id} + 1 end, 'Том ' || lpad(n::text, 2, '0'), n % 2 = 0 from generate_series(1, 30) n`
  )
  return shelf!.id
}

async function aMarketer() {
  const visitor = new Visitor()
  await visitor.signIn((await aMemberOfStaff({ role: 'marketer' })).email)
  await visitor.get('/test-books')
  return visitor
}

const booksIn = (words: string) => [...new Set([...words.matchAll(/Том \d\d/g)].map(([name]) => name))]

test.group('Filter of a detail', (group) => {
  withLibrary(group)

  test('lists its rows only, in their order, and More keeps it', async ({ assert }) => {
    const detail = `/test-shelves/${await aShelfOfBooks()}/details/books`
    const visitor = await aMarketer()
    const { words } = await visitor.get(`${detail}?sort=name&filter=${written(lent)}`, fragment)
    assert.deepEqual(booksIn(words), ['Том 02', 'Том 04', 'Том 06', 'Том 08', 'Том 10'])
    const more = /href="([^"]*shown=10[^"]*)"/.exec(words)![1].replaceAll('&amp;', '&')
    const next = await visitor.get(more, fragment)
    assert.equal(booksIn(next.words).at(-1), 'Том 20')
    assert.notInclude(next.words, 'shown=15')
  })

  test('is applied to the detail alone, which is drawn anew in its place', async ({ assert }) => {
    const id = await aShelfOfBooks()
    const visitor = await aMarketer()
    const open = await visitor.get(`/test-shelves/${id}/details/books?build=1&sort=-name`, fragment)
    assert.include(open.words, `name="builder-to" value="/test-shelves/${id}/details/books?sort=-name"`)
    const form = { 'builder-name': 'booksFilter', 'builder-applies': '1', 'builder-to': `/test-shelves/${id}/details/books?sort=-name`, 'booksFilter': JSON.stringify(lent) }
    const applied = await visitor.post('/filters/test-books', { ...form, 'builder-action': 'apply' }, fragment)
    const place = JSON.parse(applied.headers.get('hx-location')!)
    assert.equal(place.target, `#detail-test_shelf-${id}-books`)
    assert.deepEqual(booksIn((await visitor.get(place.path, fragment)).words)[0], 'Том 20')
    assert.include((await visitor.post('/filters/test-books/count', form, fragment)).words, '<b>10</b>')
  })

  test('leads to the section with the same rows', async ({ assert }) => {
    const id = await aShelfOfBooks()
    const visitor = await aMarketer()
    const { words } = await visitor.get(`/test-shelves/${id}/details/books?filter=${written({ ...lent, logic: 'or' })}`, fragment)
    const list = /href="(\/test-books\?[^"]*)"/.exec(words)![1].replaceAll('&amp;', '&')
    assert.lengthOf(booksIn((await visitor.get(`${list}&size=50`)).words), 10)
  })

  test('shows no rows as if they met a filter that cannot be read', async ({ assert }) => {
    const detail = `/test-shelves/${await aShelfOfBooks()}/details/books`
    const visitor = await aMarketer()
    for (const filter of ['{', '~gone', '%7B%22logic%22%3A%22and%22%2C%22of%22%3A%5B%7B%22field%22%3A%22nope%22%2C%22operator%22%3A%22empty%22%7D%5D%7D']) {
      const { status, words } = await visitor.get(`${detail}?filter=${filter}`, fragment)
      assert.equal(status, 200)
      assert.lengthOf(booksIn(words), 0)
      assert.include(words, 'role="alert"')
    }
  })

  test('goes nowhere else than to a list of its object', async ({ assert }) => {
    await aShelfOfBooks()
    const visitor = await aMarketer()
    for (const to of ['//evil.example/x', 'https://evil.example', '/logout', '/test-shelves/1/details/pages', '/test-shelves/../x']) {
      const form = { 'builder-applies': '1', 'builder-to': to, 'filter': JSON.stringify(lent), 'builder-action': 'apply' }
      const applied = await visitor.post('/filters/test-books', form, fragment)
      assert.match(applied.headers.get('hx-redirect')!, /^\/test-books\?filter=/)
    }
  })
})
