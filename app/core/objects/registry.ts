import { type ObjectDefinition } from './define_object.js'
import { type Field } from './fields/field.js'
import { type Panel } from './panel.js'
import { rights, type Right } from './rights.js'

/** A relation seen from the object that others point at: `user.receipts`. */
export interface Relation {
  name: string
  /** The object whose rows are counted: `receipt`. */
  object: ObjectDefinition
  /** Its reference back: `receipt.user`. */
  field: Field
}

export class UnknownName extends Error {
  constructor(kind: string, name: string) {
    super(`There is no ${kind} "${name}"`)
  }
}

/**
 * Every object that there is. It is never closed: custom tables and attributes that an administrator registers enter
 * it while the product runs (F3).
 */
class ObjectRegistry {
  #objects = new Map<string, ObjectDefinition>()

  add(object: ObjectDefinition) {
    this.#objects.set(object.name, object)
  }

  /** A custom table that is registered no more. */
  remove(name: string) {
    this.#objects.delete(name)
  }

  addPanel(objectName: string, panel: Panel) {
    this.get(objectName).panels.push(panel)
  }

  all() {
    return [...this.#objects.values()]
  }

  has(name: string) {
    return this.#objects.has(name)
  }

  get(name: string): ObjectDefinition {
    const found = this.#objects.get(name)
    if (!found) throw new UnknownName('object', name)
    return found
  }

  /** The object whose section answers at `/<path>`. */
  at(path: string) {
    return this.all().find((object) => object.path === path)
  }

  /** The object that the first segment of an address names: by its path, or by its name where it has no section. */
  addressed(segment: string) {
    return this.at(segment) ?? this.#objects.get(segment)
  }

  field(object: ObjectDefinition, name: string): Field {
    const found = object.fields.get(name)
    if (!found) throw new UnknownName(`field of "${object.name}"`, name)
    return found
  }

  /** Relations of an object, declared by those that point at it. */
  relations(object: ObjectDefinition): Relation[] {
    return this.all().flatMap((other) =>
      [...other.fields.values()]
        .filter((field) => field.to === object.name && field.inverse)
        .map((field) => ({ name: field.inverse!.many, object: other, field }))
    )
  }

  relation(object: ObjectDefinition, name: string): Relation {
    const found = this.relations(object).find((relation) => relation.name === name)
    if (!found) throw new UnknownName(`relation of "${object.name}"`, name)
    return found
  }

  /** Throws `UnknownName` for a right that rows of the object cannot be asked for. */
  checkRight(object: ObjectDefinition, right: Right) {
    if (![...rights, ...(object.actions ?? [])].includes(right)) throw new UnknownName(`right on "${object.name}"`, right)
  }

  /** Boot refuses a name that leads nowhere, so that a name is as safe as an import. */
  check() {
    for (const object of this.all()) {
      for (const field of object.fields.values()) if (field.to) this.get(field.to)
      const found = [...(object.find?.keys ?? []), ...(object.find?.beside ?? [])]
      const shown = [...object.columns, ...object.card, ...(object.create ?? []), ...(object.searched ?? []), ...(object.quick ? [object.quick] : []), ...found]
      for (const name of [...shown, object.sort.replace('-', '')]) this.field(object, name)
      const asked = [...Object.values(object.rights).flat(), ...(object.reserved ?? []), ...object.buttons.map(({ right }) => right)]
      for (const right of asked) this.checkRight(object, right)
      const relations = this.relations(object).map((relation) => relation.name)
      if (new Set(relations).size < relations.length) throw new Error(`Two relations of "${object.name}" share a name`)
    }
  }
}

export const objects = new ObjectRegistry()
