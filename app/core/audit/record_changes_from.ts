import { execute, sql, type Sql, type Transaction } from '#core/database'
import { type Change } from './record_change.js'

/**
 * Rows of the audit log for many rows that one statement changed. `source` selects `id`, and `before` and `after` as jsonb of values by
 * field name; a statement that writes may be the source when it stands in `with`.
 */
export async function recordChangesFrom(
  { actor, action, object }: Pick<Change, 'actor' | 'action' | 'object'>,
  source: Sql,
  trx: Transaction
): Promise<number> {
  return execute(
    sql`insert into audit_log (staff_id, action, object, record_id, changes, ip, trace)
      select ${actor.staffId}::bigint, ${action}, ${object}, s.id, jsonb_build_object('before', s.before, 'after', s.after),
        ${actor.ip ?? null}, ${actor.trace ?? null}
      from (${source}) s`,
    trx
  )
}
