import { execute, row, sql, type Transaction } from '#core/database'

/** How long a process may not know of what an administrator changed through another one, in milliseconds. */
const STALE_AFTER = 1000

const readers: (() => Promise<void>)[] = []
let askedAt = 0
let known: string | undefined

/** What puts fields and objects that live in the database into the registry. */
export function readsChanges(reader: () => Promise<void>) {
  readers.push(reader)
}

/** Brings the registry up to date when it may be stale: asked at the start of every request. */
export async function refreshObjects() {
  if (Date.now() - askedAt >= STALE_AFTER) await readChanges()
}

/** The same without patience, for work that was ordered a moment ago by another process. Nothing is read while the stamp is the same. */
export async function readChanges() {
  askedAt = Date.now()
  const found = await row<{ stamp: string }>(sql`select stamp from registry_stamp`)
  const stamp = found?.stamp ?? 'none yet'
  if (stamp === known) return
  for (const read of readers) await read()
  known = stamp
}

/**
 * Tells every process that the registry changes with this transaction. Whoever changes it next waits until it is over, so two
 * administrators never alter the same table at once.
 */
export async function changeObjects(trx: Transaction) {
  await execute(
    sql`insert into registry_stamp (one, stamp) values (true, gen_random_uuid())
      on conflict (one) do update set stamp = excluded.stamp`,
    trx
  )
  askedAt = 0
  trx.after('commit', () => void (askedAt = 0))
}
