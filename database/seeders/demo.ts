import { execute, sql, transaction } from '#core/database'
import { hireStaff } from './demo/accounts.js'
import { lookAfterCustomers } from './demo/care.js'
import { loadCatalog } from './demo/catalog.js'
import { loadCustomers, someCustomers } from './demo/customers.js'
import { loadMailings } from './demo/mailings.js'
import { loadPurchases, somePurchases } from './demo/purchases.js'
import { Random } from './demo/random.js'
import { openShop } from './demo/shop.js'
import { dateFirstVersions, describeSegments, LOYAL, recountSegments } from './demo/segments.js'

const DAY = 86_400_000
const WEEK = 7 * DAY

/**
 * A small grocery chain with a year and a half behind it, for whoever opens the product for the first time. The staff come with the
 * first transaction, so a start that is broken off never loads twice.
 */
export default async function loadDemo(now = new Date()) {
  const random = new Random(1_972)
  const customers = someCustomers(random, now)
  const purchases = somePurchases(customers, random, now)
  const aWeekAgo = new Date(Number(now) - WEEK)
  const lastWeek = purchases.findIndex(({ issued_at: at }) => at > aWeekAgo)

  await transaction(async (trx) => {
    await execute(sql`select prepare_user_event_months((now() - interval '20 months')::date, 20)`, trx)
    await hireStaff(trx)
    await openShop(trx)
    await loadCatalog(trx)
    await loadCustomers(customers, trx)
    await loadPurchases(purchases.slice(0, lastWeek), trx)
    await lookAfterCustomers(trx)
    await describeSegments(trx)
  })
  await recountSegments()
  await dateFirstVersions(aWeekAgo)
  await transaction((trx) => loadMailings(LOYAL, new Date(Number(now) - 5 * DAY), trx))

  await transaction((trx) => loadPurchases(purchases.slice(lastWeek), trx))
  await recountSegments()
}
