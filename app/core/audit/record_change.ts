import { execute, sql, type Transaction } from '#core/database'

export interface Change {
  /** Who: a member of staff, or nobody (an import, a job, a customer). */
  actor: { staffId: number | null; ip?: string; trace?: string; source?: number; method?: string }
  /** `create`, `edit`, `delete`, or a verb of the section: `segment.recount`. */
  action: string
  object: string
  id: number | null
  before?: Record<string, unknown>
  after?: Record<string, unknown>
}

/** One row of the audit log, in the transaction of what it tells of. */
export async function recordChange({ actor, action, object, id, before, after }: Change, trx?: Transaction) {
  const changes = JSON.stringify({ before, after })
  await execute(
    sql`insert into audit_log (staff_id, action, object, record_id, changes, ip, trace, source_id, method)
      values (${actor.staffId}, ${action}, ${object}, ${id}, ${changes}::jsonb, ${actor.ip ?? null}, ${actor.trace ?? null},
        ${actor.source ?? null}, ${actor.method ?? null})`,
    trx
  )
}
