import { type Sql, type Transaction } from '#core/database'

/** A table with rows of customers: how its rows are found, and what is left of them when a customer is erased. */
export interface PersonalTable {
  table: string
  /** The column that holds the id of the customer. */
  customer: string
  /**
   * `kept`: the rows stay under the pseudonym, which is the id; `deleted`; or what these columns become, as SQL over a row called `t`.
   * Fields that an object declares as personal are emptied in any case.
   */
  erasure: 'kept' | 'deleted' | Record<string, Sql>
  /** Text, dates and data of what is kept that stay as they are, since they name nobody: codes of the product, numbers of papers. */
  impersonal?: string[]
  /** Of what is deleted, the rows that stay, as a condition over `t`: they name nobody. */
  spared?: Sql
  /** Columns that leave the house never, not even to the person themselves: hashes of secrets. */
  hidden?: string[]
  /** Not in the file that a person gets, since another table says the same. */
  unexported?: boolean
}

/** A log, or anything else that may quote somebody: what is known of an erased person is struck out of these columns. */
export interface Traces {
  table: string
  columns: string[]
}

/** Who is to be erased. */
export interface Person {
  /** All ids of one person, that of now standing first. */
  ids: number[]
  /** Addresses and numbers by which they were known. */
  identifiers: { type: string; value: string }[]
}

/** What is neither in rows of the customer nor text that quotes them: files, letters that were caught. Answers how many were removed. */
export interface Leavings {
  /** Words: `personal.leavings.<name>`. */
  name: string
  remove: (person: Person, trx: Transaction) => Promise<number>
}

/** What a section knows of customers (F39): said once, for erasure and for the file that a person gets. */
export interface PersonalPart {
  tables?: PersonalTable[]
  traces?: Traces[]
  leavings?: Leavings[]
}
