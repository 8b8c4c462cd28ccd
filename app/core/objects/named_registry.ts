import { UnknownName } from './registry.js'

/** Things that sections declare, by name; two of one name are a mistake. `kind` is how messages call one. */
export class NamedRegistry<Thing extends { name: string }> {
  #things = new Map<string, Thing>()

  constructor(readonly kind: string) {}

  add(thing: Thing) {
    if (this.#things.has(thing.name)) throw new Error(`There are two: ${this.kind} "${thing.name}"`)
    this.#things.set(thing.name, thing)
  }

  all() {
    return [...this.#things.values()]
  }

  /** Throws `UnknownName`. */
  get(name: string): Thing {
    const found = this.#things.get(name)
    if (!found) throw new UnknownName(this.kind, name)
    return found
  }
}
