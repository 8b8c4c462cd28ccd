/** Chance that repeats itself: the same seed tells the same story on every machine. */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed
  }

  /** From 0 up to, but not, 1 (mulberry32). */
  fraction() {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  chance(probability: number) {
    return this.fraction() < probability
  }

  between(from: number, to: number) {
    return from + this.fraction() * (to - from)
  }

  /** Both ends included. */
  whole(from: number, to: number) {
    return Math.floor(this.between(from, to + 1))
  }

  pick<One>(among: readonly One[]): One {
    return among[Math.floor(this.fraction() * among.length)]
  }

  /** The first are picked most, as with surnames, shops and bread. */
  pickEarly<One>(among: readonly One[], lean = 2): One {
    return among[Math.floor(this.fraction() ** lean * among.length)]
  }

  /** Normal, mean 0, deviation 1 (Box-Muller). */
  normal() {
    return Math.sqrt(-2 * Math.log(1 - this.fraction())) * Math.cos(2 * Math.PI * this.fraction())
  }
}
