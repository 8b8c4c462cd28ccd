import { identifier, join, quotedName, sql, type Sql } from '#core/database'
import { type Values } from './actor.js'
import { type ObjectDefinition } from './define_object.js'
import { type Field, type Reader } from './fields/field.js'
import { bareValue, columnOf, leads, titleOf } from './records.js'
import { objects } from './registry.js'

/**
 * What `select` answers, for pages that are asked for all the time: the title of a reference is a column of its own, since to make and
 * to read a piece of JSON for every reference of every row costs a third of a page.
 */
export class FlatRows {
  readonly #fields: Map<string, Field>
  readonly #references: string[]

  constructor(
    object: ObjectDefinition,
    columns: string[],
    readonly reader: Reader
  ) {
    this.#fields = new Map(['id', ...columns].map((name) => [name, columnOf(object, name)]))
    this.#references = [...this.#fields.keys()].filter((name) => leads(this.#fields.get(name)!, reader))
  }

  /** The select list, over the alias `t`. */
  get columns(): Sql {
    const values = [...this.#fields].map(([name, field]) => sql`${bareValue(field, this.reader)} as ${quotedName(name)}`)
    return join([...values, ...this.#references.map((name) => sql`${this.#titleBehind(name)} as ${quotedName(titled(name))}`)])
  }

  /** An empty title where there is no better one, and null where there is no row. */
  #titleBehind(name: string): Sql {
    const field = this.#fields.get(name)!
    const to = objects.get(field.to!)
    const r = identifier('r')
    return sql`(select coalesce(${titleOf(to, r, this.reader)}, '') from ${identifier(to.table)} r where r.id = ${bareValue(field, this.reader)})`
  }

  /** The rows as `select` answers them: a reference is `{ id, title }` or null. */
  folded<Row extends Values>(rows: Row[]): Row[] {
    const references = this.#references.map((name) => ({ name, title: titled(name) }))
    for (const row of rows as Values[]) {
      for (const { name, title } of references) row[name] = referenceOf(row[name], row[title])
    }
    return rows
  }
}

/** No field has a dot in its name, and no path has two. */
const titled = (name: string) => `title..${name}`

const referenceOf = (id: unknown, title: unknown) => (title === null ? null : { id, title })
