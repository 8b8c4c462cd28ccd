import { sql, type Sql } from '#core/database'

/**
 * What a customer agreed to when they agreed to be written to, as a lateral row: what they leave and choose afterwards is said under it. Nothing
 * where they never did.
 */
export const agreedDocument = (userId: Sql): Sql => sql`lateral (
  select l.document_id, l.document_version, l.text_hash from consent_log l
  where l.user_id = ${userId} and l.kind = 'communication' and l.value order by l.id desc limit 1
)`
