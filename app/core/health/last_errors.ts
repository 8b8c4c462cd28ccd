import { rows, sql } from '#core/database'

/** Jobs that failed last, newest first. */
export async function lastErrors() {
  return rows<{ id: number; job: string; title: string; error: string | null; at: Date }>(
    sql`select id, job, title, error, finished_at as at from job_runs where state = 'failed' order by finished_at desc, id desc limit 10`
  )
}
