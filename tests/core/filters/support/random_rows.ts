import { execute, sql } from '#core/database'
import { insert } from './neighbourhood.js'

export type Stored = Record<string, any>

export interface Rows {
  cities: Stored[]
  people: Stored[]
  orders: Stored[]
  lines: Stored[]
}

export const words = ['Рига', 'рига', 'Ёлкин', 'елкин', 'Семёнов', 'Семенов', 'Передельеев', '50%', 'a_b', "O'Neil", '"', '\\', 'ab', 'AB', '雪', '😀', 'ß', "'; drop table t; --", 'null', '{x}', '']
export const tiers = ['bronze', 'silver', 'gold']
export const days = ['1980-02-28', '1984-02-29', '1990-03-01', '1999-12-31', '2000-01-02', '2026-01-15', '2026-02-01', '2026-02-22', '2026-02-23', '2026-02-27', '2026-02-28', '2026-03-01', '2026-03-05']
const times = ['00:00:00', '05:15:00', '09:30:00', '09:30:20', '23:59:59']

/** The moment of every test: the morning of 28 February 2026 in New York. */
export const now = new Date('2026-02-28T14:30:00Z')
export const timezone = 'America/New_York'

/** About 500 rows in four tables, the same at every run: nulls, deleted rows and dangling references among them. */
export async function randomRows(): Promise<Rows> {
  const { pick, maybe, number } = dice(20260228)
  const many = (length: number, make: (id: number) => Stored) => Array.from({ length }, (_, index) => make(index + 1))
  const moment = () => maybe(() => `${pick(days.slice(3))}T${pick(times)}-05:00`)
  const city = () => maybe(() => number(14))

  const cities = many(12, (id) => ({
    id, name: maybe(() => pick(words)), population: maybe(() => number(9) * 100), country_id: city(), closed: number(5) === 1,
  }))
  const people = many(160, (id) => ({
    id, name: maybe(() => pick(words)), nickname: maybe(() => pick(words) + pick(words)), age: maybe(() => number(60) - 5),
    balance: maybe(() => number(900) * 5 - 1000), height: maybe(() => (number(80) / 4).toFixed(2)), born: maybe(() => pick(days)),
    seen: moment(), vip: maybe(() => number(2) === 1), tier: maybe(() => pick(tiers)), city_id: city(),
    deleted_at: number(9) === 1 ? '2026-01-01T00:00:00Z' : null, canonical_id: null as number | null,
  }))
  const orders = many(200, (id) => ({
    id, user_id: maybe(() => number(110)), city_id: city(), total: maybe(() => number(40) * 50), placed: moment(),
    paid: maybe(() => number(2) === 1), note: maybe(() => pick(words)), status: pick(['done', 'done', 'new', 'draft']),
  }))
  const lines = many(260, (id) => {
    const order = pick(orders)
    const strayed = number(12) === 1
    return {
      id, order_id: order.id, user_id: strayed ? number(110) : order.user_id, good: maybe(() => pick(words)),
      quantity: maybe(() => (number(12) / 4).toFixed(3)), amount: maybe(() => number(30) * 10),
    }
  })
  await insert('filter_cities', cities)
  await insert('filter_people', people)
  await insert('filter_orders', orders)
  await insert('filter_lines', lines)
  return { cities, people, orders, lines }
}

/** Every fifth of those whom filters do not name becomes one of those whom they do; some of these are several people then. */
export async function mergePeople({ people }: Rows) {
  const stay = people.filter(({ id, deleted_at }) => id <= 15 && !deleted_at)
  const merged = people.filter(({ id, deleted_at }) => id > 15 && id % 5 === 0 && !deleted_at)
  merged.forEach((person, index) => Object.assign(person, { canonical_id: stay[index % stay.length].id, deleted_at: '2026-02-01T00:00:00Z' }))
  for (const person of merged) {
    await execute(sql`update filter_people set canonical_id = ${person.canonical_id}, deleted_at = now() where id = ${person.id}`)
  }
}

/** Numbers that look random and repeat with their seed (mulberry32). */
function dice(seed: number) {
  const next = () => {
    seed = (seed + 0x6d2b79f5) | 0
    let mixed = Math.imul(seed ^ (seed >>> 15), seed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const number = (most: number) => 1 + Math.floor(next() * most)
  const pick = <Item>(list: Item[]) => list[number(list.length) - 1]
  const maybe = <Item>(make: () => Item) => (number(6) === 1 ? null : make())
  return { number, pick, maybe }
}
