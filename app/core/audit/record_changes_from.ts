import { empty, execute, sql, type Sql, type Transaction } from '#core/database'
import { type Change } from './record_change.js'

/**
 * Rows of the audit log for many rows that one statement changed. `source` selects `id`, and `before` and `after` as jsonb of values by
 * field name, of which one may be null; where they come out of a statement that writes, it is `written`: `with changed as (update ... returning ...)`.
 */
export async function recordChangesFrom(
  { actor, action, object }: Pick<Change, 'actor' | 'action' | 'object'>,
  source: Sql,
  trx: Transaction,
  written: Sql = empty
): Promise<number> {
  return execute(
    sql`${written} insert into audit_log (staff_id, action, object, record_id, changes, ip, trace, source_id, method)
      select ${actor.staffId}::bigint, ${action}, ${object}, s.id,
        (select jsonb_object_agg(side, told) from (values ('before', s.before), ('after', s.after)) sides (side, told) where told is not null),
        ${actor.ip ?? null}, ${actor.trace ?? null}, ${actor.source ?? null}::bigint, ${actor.method ?? null}
      from (${source}) s`,
    trx
  )
}
