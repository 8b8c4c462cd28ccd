import { sql, type Sql } from '#core/database'
import { type ConsentKind } from './record_consent.js'

/**
 * As SQL: a person said no, under whatever id, and has not agreed since, neither under that id nor as who they are now. `counted` are the words that
 * count, over a row `l` of the log.
 */
export const standingNo = (userId: Sql, kind: ConsentKind, counted: Sql = sql`true`): Sql => sql`exists (
  with words as (
    select l.id, l.user_id, l.value from consent_log l
    where l.kind = ${kind} and ${counted}
      and l.user_id in (select ${userId} union all select a.user_id from user_aliases a where a.canonical_id = ${userId})
  )
  select from words no where not no.value
    and not exists (select from words yes where yes.value and yes.id > no.id and yes.user_id in (no.user_id, ${userId}))
)`
