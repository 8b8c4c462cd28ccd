import { execute, Remembered, row, sql, type Transaction } from '#core/database'

const readers: (() => Promise<void>)[] = []

/** What puts fields and objects that live in the database into the registry. */
export function readsChanges(reader: () => Promise<void>) {
  readers.push(reader)
}

const stamp = new Remembered<string>('', readWhatChanged)

/** Nothing but the stamp is read while it is the same. */
async function readWhatChanged(): Promise<string> {
  const found = await row<{ stamp: string }>(sql`select stamp from registry_stamp`)
  const now = found?.stamp ?? 'none yet'
  if (now !== stamp.value) for (const read of readers) await read()
  return now
}

/** Brings the registry up to date when it may be stale: asked at the start of every request. */
export const refreshObjects = () => stamp.refresh()

/** The same without patience, for work that was ordered a moment ago by another process. */
export function readChanges() {
  stamp.outdate()
  return stamp.refresh()
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
  stamp.outdate()
  trx.after('commit', () => stamp.outdate())
}
