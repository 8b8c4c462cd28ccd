import { type SaidRow } from './said_rows.js'

/** What became of a row. */
export interface RowOutcome {
  outcome: 'created' | 'updated' | 'unchanged' | 'refused'
  id: number | null
  /** Of a refusal. */
  code?: string
  detail?: string
  errors?: Record<string, string>
}

/** A row of a call on its way. */
export interface Work extends SaidRow {
  line: number
  id: number | null
  refused?: unknown
  outcome?: RowOutcome['outcome']
}

/** Rows that nothing has refused so far. */
export const standing = (works: Work[]) => works.filter(({ refused }) => refused === undefined)
