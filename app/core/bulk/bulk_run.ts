import { row, sql } from '#core/database'
import { type Group } from '#core/filters'

/** Which rows: those ticked, or all that a list shows on all its pages. */
export interface Selection {
  ids?: number[]
  filter: Group
  search: string
}

/** The value that a field gets, as `FieldType.parse` makes it. */
export interface FieldChange {
  field: string
  value: unknown
}

export interface BulkRun {
  id: number
  staffId: number
  object: string
  /** `edit`, `delete`, or one that the object declares. */
  action: string
  change: FieldChange | null
  selection: Selection
  /** What is done with which rows, in words. */
  words: string
  runId: number | null
  state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
  frozenAt: Date | null
  /** The last row that was worked on: rows follow each other by their ids. */
  reached: number
  total: number
  done: number
  /** Rows that were so already. */
  same: number
  skipped: number
}

export function findBulk(id: number): Promise<BulkRun | undefined> {
  return row<BulkRun>(
    sql`select id, staff_id as "staffId", object, action, change, selection, words, run_id as "runId", state, frozen_at as "frozenAt",
        reached, total, done, same, skipped
      from bulk_runs where id = ${id}`
  )
}
