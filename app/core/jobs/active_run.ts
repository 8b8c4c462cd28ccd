import { execute, row, sql } from '#core/database'
import { type Run } from './define_job.js'
import { JobCancelled } from './interruptions.js'

const PROGRESS_EVERY_MS = 500
const BEAT_EVERY_MS = 2_000

export interface Watcher {
  onProgress?: (done: number, total: number | null) => void
  onLog?: (line: string) => void
}

/** A run in the hands of this process. */
export class ActiveRun implements Run {
  #interruption = new AbortController()
  #done: number
  #total: number | null
  #written = 0
  #timer: NodeJS.Timeout

  constructor(
    readonly id: number,
    from: { done: number; total: number | null },
    private watcher: Watcher = {}
  ) {
    this.#done = from.done
    this.#total = from.total
    this.#timer = setInterval(() => this.#beat().catch(() => {}), BEAT_EVERY_MS)
  }

  get signal() {
    return this.#interruption.signal
  }

  interrupt(reason: Error) {
    this.#interruption.abort(reason)
  }

  async progress(done: number, total?: number) {
    this.#done = done
    this.#total = total ?? this.#total
    this.watcher.onProgress?.(this.#done, this.#total)
    if (Date.now() - this.#written >= PROGRESS_EVERY_MS) await this.#beat()
  }

  async log(line: string) {
    this.watcher.onLog?.(line)
    await execute(sql`insert into job_log (run_id, line) values (${this.id}, ${line.replaceAll('\0', '')})`)
  }

  async result(values: Record<string, unknown>) {
    await execute(sql`update job_runs set result = ${JSON.stringify(values)}::jsonb where id = ${this.id}`)
  }

  async checkpoint() {
    if (!this.signal.aborted) await this.#beat()
    this.signal.throwIfAborted()
  }

  /** No more beats; the last figures are written. */
  async end() {
    clearInterval(this.#timer)
    await this.#beat()
  }

  async #beat() {
    this.#written = Date.now()
    const seen = await row<{ cancelled: boolean }>(
      sql`update job_runs set beat_at = now(), done = ${this.#done}, total = ${this.#total}
        where id = ${this.id} returning cancel_requested_at is not null as cancelled`
    )
    if (!seen || seen.cancelled) this.interrupt(new JobCancelled())
  }
}
