import { stringify } from 'csv-stringify/sync'
import { PassThrough, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { copyOut, identifier, join, sql, type Sql } from '#core/database'
import { existing, exportCell, labelOf, objects, type Reader } from '#core/objects'
import { type Segment } from './segment.js'

/** Excel reads UTF-8 only behind this mark. */
const BYTE_ORDER_MARK = '\ufeff'

/**
 * The members of any version as CSV, with the columns of the segment as they are today. Streamed by PostgreSQL itself, so a million
 * rows cost no memory; of a member who was deleted since, nothing is told. Text that a spreadsheet would run as a formula is escaped.
 */
export async function versionCsv(segment: Segment, version: number, reader: Reader): Promise<Readable> {
  const object = objects.get(segment.object)
  const fields = ['id', ...segment.columns].map((name) => objects.field(object, name))
  const delimiter = reader.locale === 'ru' ? ';' : ','
  const ids = membersAt(segment.id, version)
  const cells = join(fields.map((field) => exportCell(field, reader)))
  const lines = segment.columns.length
    ? sql`select ${cells} from (${ids}) m join ${identifier(object.table)} t on t.id = m.member_id and ${existing(object)}`
    : ids

  const file = new PassThrough()
  file.write(BYTE_ORDER_MARK + stringify([fields.map((field) => labelOf(field, reader))], { delimiter }))
  pipeline(await copyOut(lines, delimiter), file).catch((error) => file.destroy(error))
  return file
}

/** Who was in the segment at a version: those still there since, and those who left later. */
function membersAt(segmentId: number, version: number): Sql {
  return sql`
    select member_id from segment_current where segment_id = ${segmentId} and from_version <= ${version}
    union all
    select member_id from segment_delta
    where segment_id = ${segmentId} and op = -1 and version > ${version} and from_version <= ${version}`
}
