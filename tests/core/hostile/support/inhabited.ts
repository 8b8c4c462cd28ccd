import { execute, row, sql } from '#core/database'
import { a, aReceipt, aUser, anEmail } from '#tests/support/people'

/**
 * A row of everything that people write, by the name of its object. They start at numbers of their own, so that an id of one object
 * is none of another.
 */
export async function inhabited(): Promise<Record<string, number>> {
  await startApart()
  const user = await aUser({ surname: 'Ivanova', givenName: 'Anna' })
  const identifier = await anEmail(user)
  const category = await a('category', { code: 'h-1', name: 'Milk' })
  const good = await a('good', { code: 'h-1', name: 'Kefir', category })
  const outlet = await a('outlet', { code: 'h-1', name: 'Shop' })
  const receipt = await aReceipt(user, { outlet })
  const segment = await a('segment', { name: 'Loyal', object: 'user' })
  const communication = await a('communication', { name: 'Letter', subject: 'Hello' })
  const stopped = await a('stop_list_entry', { type: 'plate', value: 'A123', reason: 'asked' })
  const campaign = await a('campaign', { code: 'h-1', name: 'Spring' })
  const source = await a('source', { code: 'h-1', nameEn: 'Fair', campaign })
  return { user, identifier, category, good, outlet, receipt, segment, communication, stop_list_entry: stopped, campaign, source }
}

const tables = [
  'users', 'user_identifiers', 'categories', 'goods', 'outlets', 'receipts', 'segments', 'communications', 'stop_list', 'sources', 'campaigns',
]

async function startApart() {
  for (const [index, table] of tables.entries()) {
    const sequence = await row<{ name: string }>(sql`select pg_get_serial_sequence(${table}, 'id') as name`)
    await execute(sql`select setval(${sequence!.name}::regclass, ${(index + 1) * 70_000}::bigint)`)
  }
}
