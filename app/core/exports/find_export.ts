import { row, rows, sql } from '#core/database'
import { type ExportView } from './export_view.js'

export interface ExportRow {
  id: number
  createdAt: Date
  staffId: number
  staffName: string
  object: string
  view: ExportView
  words: string
  reason: string | null
  personal: boolean
  /** A file whose days are over is `expired`, whether it is gone yet or not. */
  state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled' | 'expired'
  rows: number | null
  fileId: number | null
  size: number | null
  runId: number | null
  expiresAt: Date | null
  /** Of the run while it goes on. */
  done: number | null
  total: number | null
}

const found = sql`
  select e.id, e.created_at as "createdAt", e.staff_id as "staffId", s.name as "staffName", e.object, e.view, e.words, e.reason,
    e.personal, case when e.state = 'done' and e.expires_at < now() then 'expired' else e.state end as state, e.rows,
    e.file_id as "fileId", f.size, e.run_id as "runId", e.expires_at as "expiresAt", r.done, r.total
  from exports e join staff s on s.id = e.staff_id left join files f on f.id = e.file_id left join job_runs r on r.id = e.run_id`

const SHOWN = 100

/** Newest first: one's own, or everybody's. */
export function exportsOf(staffId: number | null): Promise<ExportRow[]> {
  const whose = staffId === null ? sql`true` : sql`e.staff_id = ${staffId}`
  return rows<ExportRow>(sql`${found} where ${whose} order by e.id desc limit ${SHOWN}`)
}

export function findExport(id: number): Promise<ExportRow | undefined> {
  return row<ExportRow>(sql`${found} where e.id = ${id}`)
}
