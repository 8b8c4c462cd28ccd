import { rows, sql } from '#core/database'

const NAMED = 3

/** Whom to ask for a right: those who were here last. */
export async function administrators() {
  return rows<{ name: string; email: string }>(
    sql`select name, email from staff where role = 'administrator' and active
      order by last_seen_at desc nulls last, id limit ${NAMED}`
  )
}
