import { row, sql, type Transaction } from '#core/database'
import { type Settings } from './settings.js'
import { type Trial } from './trial_outcome.js'

export interface ImportRow {
  id: number
  name: string
  object: string
  state: 'draft' | 'running' | 'done' | 'failed' | 'cancelled'
  fileId: number | null
  rejectFileId: number | null
  settings: Settings
  trial: Trial | null
  /** Data rows of the file, once it is staged. */
  lines: number | null
  /** All lines up to this one are applied. */
  appliedLine: number
  created: number
  updated: number
  unchanged: number
  rejected: number
  staffId: number | null
  startedAt: Date | null
  finishedAt: Date | null
}

export async function findImport(id: number, trx?: Transaction): Promise<ImportRow | undefined> {
  return row<ImportRow>(
    sql`select id, name, object, state, file_id as "fileId", reject_file_id as "rejectFileId", settings, trial, lines,
        applied_line as "appliedLine", created_rows as created, updated_rows as updated, unchanged_rows as unchanged,
        rejected_rows as rejected, staff_id as "staffId", started_at as "startedAt", finished_at as "finishedAt"
      from imports where id = ${id}`,
    trx
  )
}
