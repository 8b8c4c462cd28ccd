/** How long a process may not know of what another one wrote, in milliseconds. */
const STALE_AFTER = 1000

/**
 * Something small that lies in the database and is asked for all the time, kept in memory: `refresh`, at the start of a request or
 * a job, brings it up to date, and `value` answers at once.
 */
export class Remembered<Value> {
  #readAt = -Infinity
  #writes = 0
  #reading?: Promise<void>

  /** `value` is what is believed until it is read for the first time. */
  constructor(
    public value: Value,
    private read: () => Promise<Value>
  ) {}

  async refresh() {
    if (performance.now() - this.#readAt < STALE_AFTER) return
    await (this.#reading ??= this.#readAnew())
  }

  /** This process wrote: the next `refresh` reads, and what is being read just now is old already. */
  outdate() {
    this.#writes += 1
    this.#readAt = -Infinity
    this.#reading = undefined
  }

  async #readAnew() {
    const startedAt = performance.now()
    const writes = this.#writes
    try {
      const value = await this.read()
      if (writes !== this.#writes) return
      this.value = value
      this.#readAt = startedAt
    } finally {
      if (writes === this.#writes) this.#reading = undefined
    }
  }
}
