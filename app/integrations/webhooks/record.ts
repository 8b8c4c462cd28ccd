import { execute, row, sql, transaction, type Transaction } from '#core/database'
import { recordChange } from '#core/audit'
import { tell } from '#core/mail'
import { type Due } from './claim.js'
import { type Result } from './deliver.js'
import { pauseAfter } from './schedule.js'

const GONE = 410

/** Writes what came of a try: delivered, again later, or given up. 410 means that nobody listens there any more. */
export async function record(message: Due, result: Result) {
  await transaction(async (trx) => {
    const { status, reason, milliseconds, answer } = result
    await execute(
      sql`insert into webhook_tries (message_id, milliseconds, status, reason, answer)
        values (${message.id}, ${milliseconds}, ${status}, ${reason}, ${answer})`,
      trx
    )
    const pause = reason === null || status === GONE ? null : pauseAfter(message.tries, result.pause)
    const state = reason === null ? 'delivered' : pause === null ? 'failed' : 'waiting'
    await execute(
      sql`update webhook_messages set state = ${state}, status = ${status}, reason = ${reason},
          delivered_at = case when ${state} = 'delivered' then now() end,
          next_try_at = now() + ${pause ?? 0} * interval '1 second'
        where id = ${message.id} and tries = ${message.tries} and state = 'sending'`,
      trx
    )
    if (status === GONE) await stopListening(message.webhookId, trx)
  })
}

/** Nothing more is sent there until somebody switches it on again; who made the webhook is told. */
async function stopListening(id: number, trx: Transaction) {
  const stopped = await row<{ name: string; staff_id: number | null }>(
    sql`update webhooks set active = false, gone_at = now(), updated_at = now() where id = ${id} and active returning name, staff_id`,
    trx
  )
  if (!stopped) return
  const actor = { staffId: null }
  await recordChange({ actor, action: 'webhookGone', object: 'webhook', id, after: { active: false } }, trx)
  if (stopped.staff_id) {
    await tell(stopped.staff_id, { words: 'webhookGone', values: { name: stopped.name }, path: `/webhooks/${id}` }, { actor, trx })
  }
}
