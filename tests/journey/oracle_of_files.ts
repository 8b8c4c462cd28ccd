import { type Files } from './files.ts'
import { type Question } from './question.ts'

/** What must come out, read from the files alone, without any database. */
export function countFiles({ products, lines, households, described }: Files) {
  const known = new Set(products.map(({ product_id: id }) => id))
  const strangers = lines.filter(({ product_id: id }) => !known.has(id))
  return {
    departments: distinct(products.map(({ department }) => department)),
    categories: distinct(products.filter(inCategory).map((one) => `${one.department}/${one.product_category}`)),
    withoutCategory: products.filter((one) => !inCategory(one)).length,
    goods: products.length,
    described: described.size,
    users: households.size,
    receipts: distinct(lines.map(({ basket_id: basket }) => basket)),
    outlets: distinct(lines.map(({ store_id: store }) => store)),
    lines: lines.length,
    strangeLines: strangers.length,
    strangeGoods: distinct(strangers.map(({ product_id: id }) => id)),
    turnover: lines.reduce((sum, line) => sum + cents(line.sales_value), 0),
  }
}

/** The households that the segment must hold. */
export function householdsFor({ products, lines }: Files, { department, times, from, to }: Question) {
  const wanted = new Set(products.filter((one) => one.department === department).map((one) => one.product_id))
  const bought = new Map<string, number>()
  for (const line of lines) {
    const day = line.transaction_timestamp.slice(0, 10)
    if (!wanted.has(line.product_id) || day < from || day > to) continue
    bought.set(line.household_id, (bought.get(line.household_id) ?? 0) + 1)
  }
  return [...bought].filter(([, count]) => count >= times).map(([household]) => household)
}

export const cents = (amount: string) => Math.round(Number(amount) * 100)

const distinct = (values: string[]) => new Set(values).size
const inCategory = ({ product_category: category }: { product_category: string }) => category !== ''
