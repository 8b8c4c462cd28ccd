import { execute, sql, type Transaction } from '#core/database'
import { receiptAdded, refreshStatsOf } from '#app/receipts'
import { goods, type Good } from './catalog.js'
import { type Customer } from './customers.js'
import { outlets } from './outlets.js'
import { type Random } from './random.js'
import { stage } from './stage.js'

const DAY = 86_400_000
const MONTH = 30 * DAY
const MONTHS_OF_HISTORY = 18
/** Opening hours of Moscow in UTC. */
const OPENS_AT = 5
const CLOSES_AT = 19

interface Line {
  good: Good
  quantity: number
  discount: number
  amount: number
}

export interface Purchase {
  customer: string
  number: string
  issued_at: Date
  outlet: string
  status: string
  source: string
  lines: Line[]
}

/** Oldest first. Some never buy, most now and then, a few every other day; some stopped long ago. */
export function somePurchases(customers: Customer[], random: Random, now: Date): Purchase[] {
  const purchases = customers.flatMap((customer) => purchasesOf(customer, random, now))
  return purchases
    .sort((one, other) => Number(one.issued_at) - Number(other.issued_at))
    .map((purchase, index) => ({ ...purchase, number: `${purchase.outlet}-${String(index + 1).padStart(6, '0')}` }))
}

function purchasesOf(customer: Customer, random: Random, now: Date): Purchase[] {
  if (customer.status !== 'active' || random.chance(0.1)) return []

  const first = Math.max(Number(customer.created_at), Number(now) - MONTHS_OF_HISTORY * MONTH)
  const last = random.chance(0.25) ? random.between(first, Number(now)) : Number(now)
  const aMonth = 0.62 * Math.exp(0.75 * random.normal())
  const usualOutlet = random.pickEarly(outlets)
  const favourites = Array.from({ length: 12 }, () => random.pick(goods))

  const purchases: Purchase[] = []
  for (let at = first; ; ) {
    at += (-Math.log(1 - random.fraction()) / aMonth) * MONTH
    const issued = inOpeningHours(at, random)
    if (at > last || issued > now) return purchases
    const outlet = random.chance(0.75) ? usualOutlet : random.pickEarly(outlets)
    purchases.push({
      customer: customer.external_id,
      number: '',
      issued_at: issued,
      outlet: outlet.code,
      status: random.chance(0.008) ? 'returned' : 'accepted',
      source: outlet.online ? outlet.name : 'Касса',
      lines: aBasket(favourites, random),
    })
  }
}

/** Evenings are busier than mornings. */
function inOpeningHours(at: number, random: Random) {
  const midnight = Math.floor(at / DAY) * DAY
  const hour = OPENS_AT + (CLOSES_AT - OPENS_AT) * random.fraction() ** 0.7
  return new Date(Math.floor((midnight + hour * 3_600_000) / 1000) * 1000)
}

function aBasket(favourites: Good[], random: Random): Line[] {
  const size = 1 + Math.floor(8 * random.fraction() ** 1.7)
  const chosen = new Set(Array.from({ length: size }, () => random.pick(random.chance(0.6) ? favourites : goods)))
  return [...chosen].map((good) => {
    const quantity = random.chance(0.8) ? 1 : random.whole(2, 4)
    const full = good.price * quantity
    const discount = random.chance(0.18) ? Math.round(full * random.pick([0.1, 0.15, 0.25])) : 0
    return { good, quantity, discount, amount: full - discount }
  })
}

export async function loadPurchases(purchases: Purchase[], trx: Transaction) {
  await loadReceipts(purchases, trx)
  await loadLines(purchases, trx)
  await refreshStatsOf(sql`select u.id as user_id from users u`, trx)
  await receiptAdded.publishFrom(
    sql`select r.user_id, r.issued_at as occurred_at,
        jsonb_build_object('receiptId', r.id, 'number', r.number, 'total', r.total) as payload
      from ${stage(purchases.map(({ number }) => ({ number })), { number: 'text' })} join receipts r using (number)`,
    trx
  )
}

async function loadReceipts(purchases: Purchase[], trx: Transaction) {
  const heads = purchases.map(({ lines, ...head }) => ({
    ...head,
    total: sum(lines, 'amount'),
    discount: sum(lines, 'discount'),
    lines_count: lines.length,
  }))
  const columns = {
    customer: 'text',
    number: 'text',
    issued_at: 'timestamptz',
    outlet: 'text',
    status: 'text',
    source: 'text',
    total: 'bigint',
    discount: 'bigint',
    lines_count: 'integer',
  }
  await execute(
    sql`insert into receipts (user_id, created_at, updated_at, number, issued_at, outlet_id, source, status, total, discount,
        lines_count)
      select u.id, s.issued_at, s.issued_at, s.number, s.issued_at, o.id, s.source, s.status, s.total, s.discount, s.lines_count
      from ${stage(heads, columns)} join users u on u.external_id = s.customer join outlets o on o.code = s.outlet
      order by s.issued_at, s.number`,
    trx
  )
}

async function loadLines(purchases: Purchase[], trx: Transaction) {
  const lines = purchases.flatMap(({ number, lines: own }) =>
    own.map(({ good, quantity, discount, amount }) => ({ number, code: good.code, quantity, discount, amount }))
  )
  const columns = { number: 'text', code: 'text', quantity: 'numeric', discount: 'bigint', amount: 'bigint' }
  await execute(
    sql`insert into receipt_lines (user_id, receipt_id, created_at, updated_at, good_id, code, name, quantity, price, discount,
        amount)
      select r.user_id, r.id, r.issued_at, r.issued_at, g.id, g.code, g.name, s.quantity, g.price, s.discount, s.amount
      from ${stage(lines, columns)} join receipts r using (number) join goods g using (code)
      order by r.id`,
    trx
  )
}

function sum(lines: Line[], what: 'amount' | 'discount') {
  return lines.reduce((total, line) => total + line[what], 0)
}
