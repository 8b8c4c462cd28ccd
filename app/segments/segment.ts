import { row, rows, sql, type Transaction } from '#core/database'
import { everything, type Group } from '#core/filters'
import { UnknownName } from '#core/objects'

export interface Segment {
  id: number
  name: string
  /** Name of the object whose rows are counted. */
  object: string
  filter: Group
  /** Fields that its CSV holds besides the id. */
  columns: string[]
  active: boolean
  /** 0 until it was recounted for the first time. */
  version: number
  count: number | null
}

export interface Version {
  version: number
  created_at: Date
  count: number
  entered: number
  left_count: number
  milliseconds: number
}

/** Throws `UnknownName` when there is none. */
export async function segmentOf(id: number, trx?: Transaction): Promise<Segment> {
  const found = await row<Segment>(
    sql`select id, name, object, filter, columns, active, version, count from segments where id = ${id} and deleted_at is null`,
    trx
  )
  if (!found) throw new UnknownName('segment', String(id))
  return { ...found, filter: found.filter ?? everything }
}

/** Newest first. */
export async function versionsOf(id: number, limit: number): Promise<Version[]> {
  return rows<Version>(
    sql`select version, created_at, count, entered, left_count, milliseconds from segment_versions
      where segment_id = ${id} order by version desc limit ${limit}`
  )
}
