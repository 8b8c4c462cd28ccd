import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { MigrationRunner } from '@adonisjs/lucid/migration'

/** Waiting longer than this says that no worker is at work. */
const LONGEST_WAIT_SECONDS = 15 * 60

interface Check {
  ok: boolean
  [detail: string]: unknown
}

/** What must be so before requests are sent here: database, its tables, somebody doing the jobs. */
export async function readiness() {
  const database = await check(databaseAnswers)
  const checks = {
    database,
    migrations: database.ok ? await check(nothingToMigrate) : { ok: false },
    jobs: database.ok ? await check(jobsAreTaken) : { ok: false },
  }
  return { ready: Object.values(checks).every(({ ok }) => ok), checks }
}

async function check(verdict: () => Promise<Check>): Promise<Check> {
  try {
    return await verdict()
  } catch (error) {
    return { ok: false, error: (error as { code?: string }).code ?? 'failed' }
  }
}

async function databaseAnswers() {
  await db.rawQuery('select 1')
  return { ok: true }
}

/** New migration files come with a new start, so a "none" holds until then. */
let migrated = false

async function nothingToMigrate() {
  if (!migrated) {
    const list = await new MigrationRunner(db, app, { direction: 'up' }).getList()
    const pending = list.filter(({ status }) => status === 'pending').length
    migrated = pending === 0
    return { ok: migrated, pending }
  }
  return { ok: true, pending: 0 }
}

async function jobsAreTaken() {
  const { rows } = await db.rawQuery(`select to_regclass('job_runs') is not null as kept`)
  if (!rows[0].kept) {
    return { ok: true, oldestWaitingSeconds: null }
  }
  const { oldestWaitingSeconds, working } = await queue()
  return { ok: working || oldestWaitingSeconds < LONGEST_WAIT_SECONDS, oldestWaitingSeconds }
}

/** Jobs may wait long behind others; what must not be is that they wait and nobody works. */
async function queue() {
  const { rows } = await db.rawQuery(`
    select
      coalesce(extract(epoch from now() - min(updated_at) filter (where state = 'waiting')), 0)::integer
        as "oldestWaitingSeconds",
      coalesce(bool_or(state = 'running' and beat_at > now() - interval '2 minutes'), false) as working
    from job_runs
    where state in ('waiting', 'running', 'stopping')
  `)
  return rows[0] as { oldestWaitingSeconds: number; working: boolean }
}
