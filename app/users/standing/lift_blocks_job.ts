import { recordChangesFrom } from '#core/audit'
import { sql, transaction, type Transaction } from '#core/database'
import { defineJob } from '#core/jobs'

/** Customers whose block is over are active again, and their history says so. Until then `standingOf` knows it anyway. */
export const liftBlocksJob = defineJob({
  name: 'users.liftBlocks',
  daily: true,
  async run(run) {
    await run.result({ lifted: await transaction(liftBlocks) })
  },
})

export async function liftBlocks(trx: Transaction): Promise<number> {
  return recordChangesFrom(
    { actor: { staffId: null }, action: 'edit', object: 'user' },
    sql`select id, jsonb_build_object('status', jsonb_build_object('id', was), 'blockedUntil', until) as before,
        jsonb_build_object('status', jsonb_build_object('id', now_is), 'blockedUntil', null) as after
      from lifted`,
    trx,
    sql`with lifted as (
      update users u set status_id = active.id, blocked_until = null, status_reason = null, updated_at = now()
      from user_statuses active, user_statuses blocked
      where active.code = 'active' and blocked.code = 'blocked' and u.status_id = blocked.id and u.blocked_until <= now()
      returning u.id, blocked.id as was, active.id as now_is, old.blocked_until as until
    )`
  )
}
