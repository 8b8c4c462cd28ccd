import { row, sql, transaction, type Transaction } from '#core/database'

/**
 * Two at the same moment, in one order and at no speed: `first` is done and not yet committed when `second` begins, and is committed once that one
 * waits for it. Answers what `second` came to.
 */
export async function whileHeld<Answer>(first: (trx: Transaction) => Promise<unknown>, second: () => Promise<Answer>): Promise<Answer> {
  let answer!: Promise<Answer>
  await transaction(async (trx) => {
    await first(trx)
    const { pid } = (await row<{ pid: number }>(sql`select pg_backend_pid() as pid`, trx))!
    let over = false
    answer = second()
    answer.then(() => (over = true), () => (over = true))
    while (!over && !(await isWaitedFor(pid))) await new Promise((later) => setTimeout(later, 10))
    if (over) throw new Error('The second did not wait for the first')
  })
  return answer
}

async function isWaitedFor(pid: number) {
  return Boolean(await row(sql`select from pg_stat_activity where ${pid}::int = any(pg_blocking_pids(pid))`))
}
