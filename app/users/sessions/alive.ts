import { sql, type Sql } from '#core/database'

/** Whether a session opens anything, by the clock of the database; most that ended are no rows any more. */
export const alive = (session: Sql): Sql =>
  sql`(${session}.expires_at > now() and ${session}.last_seen_at + ${session}.idle_days * interval '1 day' > now())`
