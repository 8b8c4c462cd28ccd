import { execute, rows, sql, type Transaction } from '#core/database'

/** Labels of the merged customer that the other has not; answers which. */
export async function copyLabels(from: number, into: number, trx: Transaction): Promise<number[]> {
  const copied = await rows<{ label: number }>(
    sql`insert into user_labels (user_id, label_id, source, staff_id)
      select ${into}, label_id, 'merge', staff_id from user_labels where user_id = ${from}
      on conflict (user_id, label_id) do nothing returning label_id as label`,
    trx
  )
  return copied.map(({ label }) => label)
}

/** What was taken off and set anew since is not the merge's any more. */
export async function dropCopiedLabels(into: number, labels: number[], trx: Transaction) {
  await execute(
    sql`delete from user_labels where user_id = ${into} and label_id = any(${labels}::bigint[]) and source = 'merge'`,
    trx
  )
}
