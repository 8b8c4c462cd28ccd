import { type Sql, type Transaction } from '#core/database'
import { type Actor } from './actor.js'
import { type FieldDraft } from './fields/field.js'

/**
 * How an import knows and completes rows. What it gives as `stage` is a relation of a batch: `line`; `id` (in `refuse`: of the existing row,
 * or null); `key` (text; lines of one key are one row); and a column for each mapped field, named as the field: `"givenName"`.
 */
export interface ImportRules {
  /** Fields that may identify an existing row, the first being offered; several joined by `+`. */
  match: string[]
  /**
   * Fields that only an import knows (a customer's mail and phone are rows of their own). They are parsed like any
   * other and handed to `apply` in the staging table.
   */
  extra?: Record<string, FieldDraft>
  /** Where an extra field may identify a row: the id of the row that has this cell. */
  find?: Record<string, (cell: Sql) => Sql>
  /**
   * Rows that a rule of the section refuses, asked before a batch is written and in the dry run: selects `line`, `field` and `code`
   * (of `validator.<code>`) from `stage`. An address of another customer is such a rule.
   */
  refuse?: (stage: Sql, mapped: string[]) => Sql
  /** Lines of `stage` whose extra cells say something new of a row that exists (`id`), so that they count as updated: selects `line`. */
  changed?: (stage: Sql, mapped: string[]) => Sql
  /**
   * The object's table is a view over this one: `id` is its key there, and `columns` names its columns by ours. Numbers of new rows and
   * defaults are its own. Names as they are, not quoted.
   */
  behind?: { schema: string; table: string; id: string; columns: Record<string, string> }
  /** What a file changes of rows that exist stands in their history, as an edit by hand does. */
  remembered?: boolean
  /** Set-based work after each batch, in its transaction; `actor` is who ordered the import. */
  apply?: (stage: Sql, mapped: string[], trx: Transaction, actor: Actor) => Promise<void>
}
