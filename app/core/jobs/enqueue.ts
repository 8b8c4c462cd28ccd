import { row, sql, transaction, type Transaction } from '#core/database'
import { send } from './sender.js'
import { type StartOptions } from './start_options.js'

/** Writes the row of a run and puts it into its queue, in the caller's transaction when there is one. Answers its id. */
export async function enqueue(job: string, payload: object, options: StartOptions): Promise<number> {
  if (!options.trx) return transaction((trx) => enqueue(job, payload, { ...options, trx }))

  const id = await record(job, payload, options, options.trx)
  await send(job, id, options.trx)
  return id
}

/** The row alone; `inline` runs are worked by the process that made them. */
export async function record(job: string, payload: object, options: StartOptions, trx?: Transaction, inline = false) {
  const { actor, title, subject } = options
  const made = await row<{ id: number }>(
    sql`insert into job_runs (job, title, subject_object, subject_id, payload, staff_id, inline)
      values (${job}, ${title}, ${subject?.object ?? null}, ${subject?.id ?? null}, ${JSON.stringify(payload)}::jsonb,
        ${actor.staffId}, ${inline})
      returning id`,
    trx
  )
  return made!.id
}
