/** A few places for mails on their way; who finds none waits for one. */
export class Window {
  #free: number
  #waiting: (() => void)[] = []

  constructor(private size: number) {
    this.#free = size
  }

  async take() {
    if (this.#free > 0) this.#free--
    else await new Promise<void>((placed) => this.#waiting.push(placed))
  }

  giveBack(places: number) {
    for (let place = 0; place < places; place++) {
      const next = this.#waiting.shift()
      if (next) next()
      else this.#free++
    }
  }

  /** Until nothing is on its way. */
  async emptied() {
    for (let place = 0; place < this.size; place++) await this.take()
    this.giveBack(this.size)
  }
}
