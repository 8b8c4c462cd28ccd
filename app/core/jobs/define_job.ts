import { type Transaction } from '#core/database'
import { enqueue } from './enqueue.js'
import { type StartOptions } from './start_options.js'

/** What a job sees of its own run: a row that a person watches (done, of, speed, log, cancel). */
export interface Run {
  id: number
  /** Work done and the whole, in the units of the job (rows, messages). Written at most twice a second. */
  progress(done: number, total?: number): Promise<void>
  /** One line of the run's log, for people. */
  log(line: string): Promise<void>
  /** What the run came to, shown on its page and printed by commands. */
  result(values: Record<string, unknown>): Promise<void>
  /** Call it between batches: throws `JobCancelled` once somebody pressed Cancel or the worker is stopping (`JobStopped`). */
  checkpoint(): Promise<void>
  /** Aborted when the worker must stop or the run is cancelled. */
  signal: AbortSignal
}

interface JobDeclaration<Payload> {
  /** `imports.apply`; label `jobs.names.<name>`. */
  name: string
  /** Runs of this job at once in one worker. */
  concurrency?: number
  /** Started by the workers once a day (UTC), with an empty payload: the upkeep that nobody asks for. */
  daily?: boolean
  /** Tries after a failure or a dead worker, beyond the first. */
  retries?: number
  /**
   * At least once: a run whose worker died starts again with the same payload, so it must find its own place in its tables and
   * do nothing twice.
   */
  run(run: Run, payload: Payload): Promise<void>
  /** The run ended unfinished and will not be tried again by itself: leave no mess. In the transaction that says so. */
  abandoned?(payload: Payload, outcome: 'failed' | 'cancelled', trx: Transaction): Promise<void>
}

export interface Job<Payload = any> extends JobDeclaration<Payload> {
  /** Enqueues a run and answers its id. */
  start(payload: Payload, options: StartOptions): Promise<number>
}

/** A piece of work that outlives a request. It carries a batch, never one recipient. */
export function defineJob<Payload extends object>(declaration: JobDeclaration<Payload>): Job<Payload> {
  return { ...declaration, start: (payload, options) => enqueue(declaration.name, payload, options) }
}
