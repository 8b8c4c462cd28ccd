import { type Sql } from '#core/database'
import { NamedRegistry, type Reader, type Right } from '#core/objects'

/** Rows of an object that no filter names: the members of a version of a segment. A section declares it; `of` is what it keeps them by. */
export interface RowSource {
  name: string
  /** What a person needs besides the right to export the object itself. */
  needs: { right: Right; object: string }
  /** Selects the ids of the rows. */
  ids: (of: number[]) => Sql
  /** Which they are, for the list of exports and the audit log. */
  describe: (of: number[], reader: Reader) => Promise<string>
}

/** As an export keeps it: the name of the source. */
export interface RowsOf {
  source: string
  of: number[]
}

/** Every source that a section declares. */
export const rowSources = new NamedRegistry<RowSource>('source of rows')
