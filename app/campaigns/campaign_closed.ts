import { sql, type Sql } from '#core/database'

/** Whether a row of `campaigns` takes nobody now: it is off, deleted, not begun or over. */
export const campaignClosed = (c: Sql): Sql =>
  sql`(not ${c}.active or ${c}.deleted_at is not null or coalesce(${c}.starts_at > now(), false) or coalesce(${c}.ends_at <= now(), false))`
