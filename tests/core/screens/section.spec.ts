import { test } from '@japa/runner'
import { execute, sql } from '#core/database'
import { aMemberOfStaff } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'
import { shelves, withLibrary } from './support/library.js'

const fragment = { 'hx-request': 'true', 'hx-request-type': 'partial' }

async function signedIn(role: 'administrator' | 'marketer' | 'viewer' = 'marketer') {
  const staff = await aMemberOfStaff({ role })
  const visitor = new Visitor()
  await visitor.signIn(staff.email)
  return visitor
}

const rowsIn = (words: string) => words.match(/<tr data-opens/g)?.length ?? 0

/** A place after no moment and no number. */
const MADE_UP = Buffer.from('["after","2026-02-30",1]').toString('base64url')

test.group('Section', (group) => {
  withLibrary(group)

  test('lists rows with columns, foot and a counter of its own', async ({ assert }) => {
    await shelves(25)
    const visitor = await signedIn()
    const page = await visitor.get('/test-shelves')
    assert.equal(page.status, 200)
    assert.match(page.words, /<h1[^>]*>/)
    assert.equal(rowsIn(page.words), 20)
    assert.include(page.words, 'hx-get="/test-shelves/total')
    const total = await visitor.get('/test-shelves/total', fragment)
    assert.include(total.words, '<b>25</b>')
  })

  test('answers htmx with the table alone', async ({ assert }) => {
    await shelves(3)
    const visitor = await signedIn()
    const part = await visitor.get('/test-shelves?sort=name', fragment)
    assert.notInclude(part.words, '<html')
    assert.include(part.words, 'id="rows"')
    assert.include(part.headers.get('vary')!.toLowerCase(), 'hx-request')
  })

  test('a column goes from ascending to descending to the original order', async ({ assert }) => {
    await shelves(3)
    const visitor = await signedIn()
    const next = async (address: string) =>
      /href="(\/test-shelves[^"]*)" hx-get="[^"]*" hx-target="#rows"[^>]*title="[^"]*name/i.exec((await visitor.get(address)).words)?.[1]
    assert.equal(await next('/test-shelves'), '/test-shelves?sort=name')
    assert.equal(await next('/test-shelves?sort=name'), '/test-shelves?sort=-name')
    assert.equal(await next('/test-shelves?sort=-name'), '/test-shelves')
    assert.include((await visitor.get('/test-shelves?sort=-name')).words, 'aria-sort="descending"')
  })

  test('the quick search takes ё for е and needs every word', async ({ assert }) => {
    await execute(sql`insert into test_shelves (name) values ('Ёлка зелёная'), ('Елка синяя'), ('Палка'), ('100% хлопок')`)
    const visitor = await signedIn()
    const found = async (typed: string) => rowsIn((await visitor.get(`/test-shelves?search=${encodeURIComponent(typed)}`)).words)
    assert.equal(await found('елка'), 2)
    assert.equal(await found('ЁЛКА'), 2)
    assert.equal(await found('елка син'), 1)
    assert.equal(await found('%'), 1)
    assert.equal(await found('_'), 0)
  })

  test('a filter in the address holds, and a long one is kept under a short name', async ({ assert }) => {
    await shelves(30)
    const visitor = await signedIn()
    const where = (value: string) => JSON.stringify({ logic: 'and', of: [{ field: 'name', operator: 'contains', value: [value] }] })
    const page = await visitor.get(`/test-shelves?filter=${encodeURIComponent(where('0007'))}`)
    assert.equal(rowsIn(page.words), 1)

    const long = JSON.stringify({
      logic: 'or',
      of: Array.from({ length: 40 }, (_, n) => ({ field: 'name', operator: 'contains', value: [`000${n % 10} нет`] })).concat([
        { field: 'name', operator: 'contains', value: ['0009'] },
      ]),
    })
    const moved = await visitor.get(`/test-shelves?sort=name&filter=${encodeURIComponent(long)}`)
    assert.equal(moved.status, 302)
    const short = moved.headers.get('location')!
    assert.match(short, /filter=%7E[\w-]{22}/)
    assert.equal(rowsIn((await visitor.get(short)).words), 1)
  })

  for (const query of ['sort=secret', 'sort=name;drop', 'sort=__proto__', 'page=-1', 'page=1e9', 'page=x', 'size=7', 'size=-20', 'at=zzz', `sort=openedAt&at=${MADE_UP}`, `sort=price&at=${MADE_UP}`]) {
    test(`${query} is told, and the list stands without it`, async ({ assert }) => {
      await shelves(3)
      const page = await (await signedIn()).get(`/test-shelves?${query}`)
      assert.equal(page.status, 422)
      assert.include(page.words, 'role="alert"')
      assert.equal(rowsIn(page.words), 3)
    })
  }

  for (const filter of ['garbage', '{}', '[]', '~gone', '{"logic":"and","of":[{"field":"nope","operator":"equal","value":["1"]}]}']) {
    test(`with the filter ${filter} no row is shown as if it met it`, async ({ assert }) => {
      await shelves(3)
      const visitor = await signedIn()
      const page = await visitor.get(`/test-shelves?filter=${encodeURIComponent(filter)}`)
      assert.equal(page.status, 422)
      assert.include(page.words, 'role="alert"')
      assert.equal(rowsIn(page.words), 0)
      assert.notEqual((await visitor.get(`/test-shelves/total?filter=${encodeURIComponent(filter)}`)).status, 500)
    })
  }

  test('parameters that come twice or as lists break nothing', async ({ assert }) => {
    await shelves(3)
    const visitor = await signedIn()
    const page = await visitor.get('/test-shelves?sort=name&sort=price&page[]=2&filter[x]=1&search[a]=b&at[]=1&size=20&size=50&folder[]=1')
    assert.oneOf(page.status, [200, 422])
  })

  test('a page past the end says so and leads back', async ({ assert }) => {
    await shelves(3)
    const page = await (await signedIn()).get('/test-shelves?page=9')
    assert.include(page.words, 'There is no such page')
    assert.include(page.words, 'href="/test-shelves"')
  })

  test('an empty section says why and offers to create', async ({ assert }) => {
    const page = await (await signedIn()).get('/test-shelves')
    assert.include(page.words, 'There is nothing here yet')
    assert.include(page.words, 'href="/test-shelves/create"')
  })

  test('deleted rows are not listed', async ({ assert }) => {
    await shelves(3)
    await execute(sql`update test_shelves set deleted_at = now() where name like '%1'`)
    assert.equal(rowsIn((await (await signedIn()).get('/test-shelves')).words), 2)
  })

  test('who may only read sees no Create and is refused its address', async ({ assert }) => {
    const viewer = await signedIn('viewer')
    assert.notInclude((await viewer.get('/test-shelves')).words, '/test-shelves/create')
    assert.equal((await viewer.get('/test-shelves/create')).status, 403)
  })

  test('a section that the person may not read is refused', async ({ assert }) => {
    assert.equal((await (await signedIn()).get('/test-vaults')).status, 403)
  })

  test('an unknown section, and an object by its name, are no pages', async ({ assert }) => {
    const visitor = await signedIn()
    assert.equal((await visitor.get('/nowhere')).status, 404)
    assert.equal((await visitor.get('/test_shelf')).status, 404)
    assert.equal((await visitor.get('/constructor')).status, 404)
  })

  test('small rows have a pencil instead of a card', async ({ assert }) => {
    await shelves(1)
    await execute(sql`insert into test_books (shelf_id, name) select id, 'Атлас' from test_shelves`)
    const visitor = await signedIn()
    const page = await visitor.get('/test-books')
    assert.equal(rowsIn(page.words), 0)
    assert.match(page.words, /href="\/test-books\/\d+\/edit"/)
    const id = /test-books\/(\d+)\/edit/.exec(page.words)![1]
    assert.equal((await visitor.get(`/test-books/${id}`)).status, 303)
  })
})
