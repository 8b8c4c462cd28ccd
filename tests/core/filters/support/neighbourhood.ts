import { execute, identifier, raw, rows, sql } from '#core/database'
import {
  belongsTo,
  choice,
  date,
  dateTime,
  decimal,
  defineObject,
  flag,
  integer,
  money,
  objects,
  text,
} from '#core/objects'

/** Four related objects with every type of field, scopes, a computed field and a shared `user_id`. */
const rights = {}
const person = defineObject({
  name: 'filterPerson',
  table: 'filter_people',
  aliases: { table: 'filter_aliases', id: 'person_id' },
  scope: (row) => sql`${row}.deleted_at is null`,
  title: (row) => sql`${row}.name`,
  search: (row) => sql`lower(coalesce(${row}.name, '') || ' ' || coalesce(${row}.nickname, ''))`,
  searched: ['name', 'nickname'],
  fields: {
    name: text({ sortable: true }),
    nickname: text(),
    initials: text({ sql: (row) => sql`left(${row}.name, 2)` }),
    age: integer({ sortable: true }),
    balance: money(),
    height: decimal({ scale: 2 }),
    born: date({ sortable: true }),
    seen: dateTime({ sortable: true }),
    vip: flag(),
    tier: choice(['bronze', 'silver', 'gold']),
    city: belongsTo('filterCity', { many: 'people' }),
  },
  without: ['createdAt', 'updatedAt'],
  rights,
})

const city = defineObject({
  name: 'filterCity',
  table: 'filter_cities',
  scope: (row) => sql`not ${row}.closed`,
  fields: { name: text({ sortable: true }), population: integer(), country: belongsTo('filterCity', { many: 'towns' }) },
  without: ['createdAt', 'updatedAt'],
  rights,
})

const order = defineObject({
  name: 'filterOrder',
  table: 'filter_orders',
  scope: (row) => sql`${row}.status <> 'draft'`,
  title: (row) => sql`${row}.note`,
  fields: {
    user: belongsTo('filterPerson', { many: 'orders', sortable: true }),
    city: belongsTo('filterCity', { many: 'orders' }),
    total: money({ sortable: true }),
    placed: dateTime({ sortable: true }),
    paid: flag(),
    note: text(),
    status: text(),
  },
  without: ['createdAt', 'updatedAt'],
  rights,
})

const line = defineObject({
  name: 'filterLine',
  table: 'filter_lines',
  title: (row) => sql`${row}.good`,
  fields: {
    order: belongsTo('filterOrder', { many: 'lines', colocated: true }),
    good: text(),
    quantity: decimal({ scale: 3 }),
    amount: money(),
  },
  without: ['createdAt', 'updatedAt'],
  rights,
})

export const neighbourhood = { person, city, order, line }

export function register() {
  Object.values(neighbourhood).forEach((object) => objects.add(object))
  return () => Object.values(neighbourhood).forEach((object) => objects.remove(object.name))
}

/** Made in the transaction of the test, and gone with it. */
export async function createTables() {
  for (const statement of tables) await execute(raw(statement))
}

const tables = [
  `create table filter_cities (
    id bigint primary key, name text, population integer, country_id bigint, closed boolean not null default false
  )`,
  `create table filter_people (
    id bigint primary key, name text, nickname text, age integer, balance bigint, height numeric(6, 2), born date,
    seen timestamptz, vip boolean, tier text, city_id bigint, deleted_at timestamptz,
    canonical_id bigint
  )`,
  `create view filter_aliases as select id as person_id, canonical_id from filter_people where canonical_id is not null`,
  `create table filter_orders (
    id bigint primary key, user_id bigint, city_id bigint, total bigint, placed timestamptz, paid boolean, note text,
    status text not null default 'done'
  )`,
  `create table filter_lines (
    id bigint primary key, user_id bigint, order_id bigint, good text, quantity numeric(10, 3), amount bigint
  )`,
]

export async function insert(table: string, records: Record<string, unknown>[]) {
  const list = JSON.stringify(records)
  await execute(
    sql`insert into ${identifier(table)} select * from jsonb_populate_recordset(null::${identifier(table)}, ${list}::jsonb)`
  )
}

/** Ids of the rows that a condition lets in, in order. */
export async function idsOf(table: string, condition: ReturnType<typeof sql>): Promise<number[]> {
  const found = await rows<{ id: number }>(
    sql`select t.id from ${identifier(table)} t where ${condition} order by t.id`
  )
  return found.map(({ id }) => id)
}
