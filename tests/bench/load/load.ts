import { execute, raw, row, sql, transaction, type Sql, type Transaction } from '#core/database'
import { timed } from '../race.js'
import { note } from '../report.js'
import { events, goods, identifiers, lines, owners, receipts, stats, users } from './rows.js'
import { withoutIndexes } from './without_indexes.js'

const tables = ['users', 'user_identifiers', 'identifier_owners', 'goods', 'receipts', 'receipt_lines', 'user_stats', 'user_events']

/** As many customers with everything that DATA gives them; the same ones for the same number. */
export async function load(count: number) {
  const milliseconds = await timed(async () => {
    await transaction(async (trx) => {
      await execute(sql`select setseed(0.42)`, trx)
      await withoutIndexes(tables, trx, () => fill(count, trx))
    })
    for (const table of [...tables, 'consent_log']) await execute(sql`vacuum (analyze) ${raw(table)}`)
    await execute(sql`checkpoint`).catch(() => {})
  })
  note(`Loaded ${await sizes()} in ${Math.round(milliseconds / 1000)} s\n`)
}

async function fill(count: number, trx: Transaction) {
  const steps: Record<string, Sql> = {
    goods: goods(),
    users: users(count),
    identifiers: identifiers(),
    owners: owners(),
    receipts: receipts(),
    lines: lines(),
    stats: stats(),
    events: events(),
  }
  await execute(sql`select prepare_user_event_months((now() - interval '37 months')::date, 37)`, trx)
  for (const [name, statement] of Object.entries(steps)) {
    const milliseconds = await timed(() => execute(statement, trx))
    await execute(sql`analyze`, trx)
    if (milliseconds > 5_000) note(`  ${name}: ${Math.round(milliseconds / 1000)} s`)
  }
}

async function sizes() {
  const counted = await row<Record<string, number>>(
    sql`select (select count(*) from users) as users, (select count(*) from user_identifiers) as identifiers,
      (select count(*) from receipts) as receipts, (select count(*) from receipt_lines) as lines,
      (select count(*) from user_events) as events`
  )
  return Object.entries(counted!)
    .map(([name, count]) => `${count.toLocaleString('en')} ${name}`)
    .join(', ')
}
