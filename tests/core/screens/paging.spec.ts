import { test } from '@japa/runner'
import { execute, sql } from '#core/database'
import { pageOfRows, type PageRequest, type Place } from '../../../app/core/screens/list/page_of_rows.js'
import { cursorFrom, cursorText } from '../../../app/core/screens/list/cursor.js'
import { idsBy, shelf, shelves, withLibrary } from './support/library.js'

/** Each order that a list may have, and what PostgreSQL says of it. */
const orders = [
  { sort: 'id', by: 't.id' },
  { sort: '-id', by: 't.id desc' },
  { sort: 'price', by: 't.price, t.id' },
  { sort: '-price', by: 't.price desc, t.id desc' },
  { sort: 'openedAt', by: 't.opened_at, t.id' },
  { sort: '-openedAt', by: 't.opened_at desc, t.id desc' },
  { sort: 'name', by: 't.name, t.id' },
]

const SIZE = 20
const COUNT = 130

test.group('Pages of a list', (group) => {
  withLibrary(group)
  group.each.setup(() => shelves(COUNT))

  for (const { sort, by } of orders) {
    test(`going on from page to page by ${sort} meets every row once`, async ({ assert }) => {
      const walked = await allPages(sort)
      assert.deepEqual(walked.flat(), await idsBy(by))
    })

    test(`going back by ${sort} shows the same pages`, async ({ assert }) => {
      const onward = await allPages(sort)
      let first = await firstOf(sort, onward.length)
      for (const expected of onward.slice(1, -1).reverse()) {
        const { places } = await pageOfRows(request(sort, { page: 2, cursor: { side: 'before', ...first } }))
        assert.deepEqual(places.map(({ id }) => id), expected)
        first = places[0]
      }
    })

    test(`a page counted from the end by ${sort} is the page counted from the start`, async ({ assert }) => {
      for (const page of [4, 5, 6, 7, 8]) {
        const fromStart = await pageOfRows(request(sort, { page }))
        const fromEnd = await pageOfRows(request(sort, { page, total: COUNT }))
        assert.deepEqual(fromEnd, fromStart)
      }
    })
  }

  test('the last page holds what is left over', async ({ assert }) => {
    const { places, more } = await pageOfRows(request('id', { page: 7, total: COUNT }))
    assert.lengthOf(places, 10)
    assert.isFalse(more)
  })

  test('A-05 rows that come and go meanwhile neither double nor hide the others', async ({ assert }) => {
    const survivors = (await idsBy('t.id')).filter((id) => id % 3 > 0)
    const seen: number[] = []
    let cursor: PageRequest['cursor']
    for (;;) {
      const { places, more } = await pageOfRows(request('price', { cursor }))
      seen.push(...places.map(({ id }) => id))
      if (!more) break
      cursor = { side: 'after', ...places.at(-1)! }
      await execute(sql`update test_shelves set deleted_at = now() where id % 3 = 0 and id % 11 = ${seen.length % 11}`)
      await execute(sql`insert into test_shelves (name, price) values (${`new ${seen.length}`}, 0)`)
    }
    assert.lengthOf(new Set(seen), seen.length)
    assert.isEmpty(survivors.filter((id) => !seen.includes(id)))
  })

  test('a place survives its way through an address, microseconds and all', async ({ assert }) => {
    const { places } = await pageOfRows(request('openedAt', {}))
    const cursor = { side: 'after' as const, ...places[3], id: places[3].id }
    assert.containSubset(cursorFrom(cursorText(cursor)), { side: 'after', key: places[3].key, id: places[3].id })
    assert.match(places[3].key!, /\.\d{6}|:00\+00$/)
  })

  for (const hostile of ['', 'x', '[]', 'null', '["after","1"]', '["sideways",null,1]', '["after",5,1]']) {
    test(`${hostile || 'nothing'} is no place`, ({ assert }) => {
      assert.isUndefined(cursorFrom(hostile))
      assert.isUndefined(cursorFrom(Buffer.from(hostile).toString('base64url')))
    })
  }
})

function request(sort: string, more: Partial<PageRequest>): PageRequest {
  return { object: shelf, where: sql`true`, sort, size: SIZE, page: 1, ...more }
}

async function allPages(sort: string) {
  const pages: number[][] = []
  let cursor: PageRequest['cursor']
  for (;;) {
    const { places, more } = await pageOfRows(request(sort, { cursor }))
    pages.push(places.map(({ id }) => id))
    if (!more) return pages
    cursor = { side: 'after', ...places.at(-1)! }
  }
}

async function firstOf(sort: string, page: number): Promise<Place> {
  const { places } = await pageOfRows(request(sort, { page }))
  return places[0]
}
