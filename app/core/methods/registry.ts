import { type Method } from './method.js'

/** Every method that a section declares, by name. */
class MethodRegistry {
  #methods = new Map<string, Method>()

  add(method: Method) {
    if (this.#methods.has(method.name)) throw new Error(`Two methods are called "${method.name}"`)
    this.#methods.set(method.name, method)
  }

  all() {
    return [...this.#methods.values()]
  }
}

export const methods = new MethodRegistry()
