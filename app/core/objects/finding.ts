import { type Sql } from '#core/database'

/** One way in which rows are found from anywhere (Ctrl+K), along an index of its own. */
export interface Lookup {
  /** Selects `id` of rows of this object and `hit`, the text that was met, or null; so many at most. */
  rows: (few: number) => Sql
  /** It looks into personal data: not asked for somebody who may not see them. */
  personal?: boolean
}

/** How rows are found from anywhere, beside the words of `search` and the id, and what tells them apart there. */
export interface Finding {
  /** Fields whose whole value or beginning is typed; a plain index on the column serves both. */
  keys?: string[]
  /** Ways through other tables: a customer by a phone, whatever its spelling. */
  also?: (typed: string) => Lookup[]
  /** Fields of the line below the title. */
  beside?: string[]
}
