import { type Signal } from './signal.js'

/** Every signal that a section declares, by name. */
class SignalRegistry {
  #signals = new Map<string, Signal>()

  add(signal: Signal) {
    if (this.#signals.has(signal.name)) throw new Error(`Two signals are called "${signal.name}"`)
    this.#signals.set(signal.name, signal)
  }

  all() {
    return [...this.#signals.values()]
  }

  get(name: string): Signal {
    const found = this.#signals.get(name)
    if (!found) throw new Error(`There is no signal "${name}"`)
    return found
  }
}

export const signals = new SignalRegistry()
