import { type Group } from '@japa/runner/core'
import { execute, raw, rows, sql } from '#core/database'
import { belongsTo, choice, dateTime, defineObject, flag, InvalidFields, money, objects, text } from '#core/objects'
import { forgetTotals } from '#core/screens'
import { rolledBack } from '#tests/support/rolled_back'

const everything = ['read', 'create', 'edit', 'delete'] as const

/** A section with a card, a detail and an inner tab. */
export const shelf = defineObject({
  name: 'test_shelf',
  table: 'test_shelves',
  path: 'test-shelves',
  trash: true,
  search: (row) => sql`lower(coalesce(${row}.name, ''))`,
  fields: {
    name: text({ required: true, sortable: true, max: 40 }),
    price: money({ sortable: true }),
    openedAt: dateTime({ sortable: true }),
    kind: choice(['wood', 'steel']),
    code: text({ fixed: true }),
    secret: text({ readonly: true }),
  },
  columns: ['id', 'name', 'price', 'openedAt', 'kind'],
  sort: 'id',
  card: ['name', 'price', 'openedAt', 'kind', 'code', 'secret'],
  tabs: ['content'],
  create: ['name', 'price', 'kind', 'code'],
  rights: { marketer: [...everything], viewer: ['read'] },
  verbs: {
    before: async (values) => {
      if (values.name === 'cursed') throw InvalidFields.at('name', 'refused')
      return values
    },
  },
})

/** Stands on a shelf, has pages below it. */
export const book = defineObject({
  name: 'test_book',
  table: 'test_books',
  path: 'test-books',
  fields: {
    shelf: belongsTo('test_shelf', { many: 'books', tab: 'content', children: 'pages', required: true }),
    name: text({ required: true, sortable: true }),
    lent: flag(),
  },
  create: ['shelf', 'name'],
  small: true,
  rights: { marketer: [...everything], viewer: ['read'] },
})

/** Without a section: seen only below its book. */
export const page = defineObject({
  name: 'test_page',
  table: 'test_pages',
  fields: { book: belongsTo('test_book', { many: 'pages' }), name: text() },
  rights: { marketer: ['read'], viewer: ['read'] },
})

/** A reference book that only administrators see. */
export const vault = defineObject({
  name: 'test_vault',
  table: 'test_vaults',
  path: 'test-vaults',
  fields: { name: text({ required: true }) },
  rights: {},
})

const library = [shelf, book, page, vault]

/** The tables of the library, for each test anew. */
export function withLibrary(group: Group) {
  rolledBack(group)
  group.setup(() => {
    for (const object of library) objects.add(object)
    return () => library.forEach(({ name }) => objects.remove(name))
  })
  group.each.setup(async () => {
    for (const table of tables) await execute(raw(table))
    library.forEach(forgetTotals)
  })
}

const standard = `id bigint generated always as identity primary key,
  created_at timestamptz not null default now(), updated_at timestamptz not null default now()`

const tables = [
  `create table test_shelves (${standard}, name text collate "ru-x-icu" unique, price bigint, opened_at timestamptz, kind text,
    code text, secret text default 'hush', deleted_at timestamptz)`,
  `create table test_books (${standard}, shelf_id bigint not null references test_shelves, name text collate "ru-x-icu", lent boolean)`,
  `create table test_pages (${standard}, book_id bigint not null references test_books, name text)`,
  `create table test_vaults (${standard}, name text)`,
]

/** So many shelves: names repeat nothing, prices repeat often, every seventh moment is missing. */
export async function shelves(count: number) {
  await execute(
    sql`insert into test_shelves (name, price, opened_at, kind)
      select 'Полка ' || lpad(n::text, 4, '0'), (n % 5) * 100,
        case when n % 7 > 0 then timestamptz '2026-01-01' + (n * 37 % 50) * interval '1 microsecond' end, 'wood'
      from generate_series(1, ${count}) n`
  )
}

/** Ids in the order of an expression, as PostgreSQL itself sorts them. */
export async function idsBy(order: string) {
  const found = await rows<{ id: number }>(sql`select id from test_shelves t order by ${raw(order)}`)
  return found.map(({ id }) => id)
}
