import { sql, type Sql } from '#core/database'

/**
 * The last word in the log of a customer when somebody was merged into them, as long as the merge holds; null for who is one person only.
 * What is refused after it is written even where it is refused already, so that parting the two again revives nothing.
 */
export const lastMergeWord = (userId: Sql): Sql => sql`(
  select max((m.moved #>> '{consents,lastWord}')::bigint) from user_merges m where m.user_id = ${userId} and m.undone_at is null
)`
