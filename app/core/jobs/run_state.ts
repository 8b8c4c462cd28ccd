import { row, rows, sql, type Sql } from '#core/database'

/** A run as people watch it. */
export interface RunState {
  id: number
  job: string
  title: string
  subject: { object: string; id: number } | null
  /** The object whose readers may watch the run and whose editors may cancel it. */
  owner: string
  /** Who started it, and may therefore watch and cancel it as well. */
  staffId: number | null
  state: 'waiting' | 'running' | 'stopping' | 'done' | 'failed' | 'cancelled'
  done: number
  total: number | null
  /** 0 to 100, when the whole is known. */
  percent: number | null
  perSecond: number | null
  secondsLeft: number | null
  minutesLeft: number | null
  error: string | null
  result: Record<string, unknown> | null
  finished: boolean
  /** The last lines, oldest first. */
  log: { at: Date; line: string }[]
}

/** The last run made for a row, or null when there was none. */
export async function latestRun(subject: { object: string; id: number }, job?: string): Promise<RunState | null> {
  const ofJob = job ? sql`and job = ${job}` : sql``
  return stateOf(sql`subject_object = ${subject.object} and subject_id = ${subject.id} ${ofJob}`)
}

export async function runState(id: number): Promise<RunState | null> {
  return stateOf(sql`id = ${id}`)
}

type Row = Omit<RunState, 'subject' | 'owner' | 'percent' | 'secondsLeft' | 'minutesLeft' | 'finished' | 'log'> & {
  subjectObject: string | null
  subjectId: number
}

async function stateOf(where: Sql): Promise<RunState | null> {
  const run = await row<Row>(
    sql`select id, job, title, state, done, total, error, result, subject_object as "subjectObject", subject_id as "subjectId", staff_id as "staffId",
        (done - done_when_resumed)
          / nullif(extract(epoch from coalesce(finished_at, beat_at) - resumed_at), 0)::float8 as "perSecond"
      from job_runs where ${where} order by id desc limit 1`
  )
  if (!run) return null
  const { subjectObject, subjectId, ...rest } = run
  const seconds = secondsLeft(run)
  return {
    ...rest,
    subject: subjectObject ? { object: subjectObject, id: subjectId } : null,
    owner: subjectObject ?? 'job_run',
    percent: run.total ? Math.min(100, Math.floor((run.done / run.total) * 100)) : null,
    secondsLeft: seconds,
    minutesLeft: seconds === null ? null : Math.ceil(seconds / 60),
    finished: ['done', 'failed', 'cancelled'].includes(run.state),
    log: await lastLines(run.id),
  }
}

function secondsLeft({ state, done, total, perSecond }: Row) {
  if (state !== 'running' || !total || !perSecond || perSecond <= 0) return null
  return Math.max(0, Math.ceil((total - done) / perSecond))
}

const LINES_SHOWN = 50

async function lastLines(runId: number) {
  return rows<{ at: Date; line: string }>(
    sql`select at, line from (
        select id, at, line from job_log where run_id = ${runId} order by id desc limit ${LINES_SHOWN}
      ) last order by id`
  )
}
