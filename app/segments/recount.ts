import { execute, identifier, row, sql, transaction, type Sql, type Transaction } from '#core/database'
import { compile } from '#core/filters'
import { existing, objects } from '#core/objects'
import { segmentOf, type Segment, type Version } from './segment.js'

/**
 * Counts a segment anew and keeps what changed as a version. The old version is what everybody sees until the new one is
 * whole; two recounts of one segment follow each other. Dates of the filter are read in `timezone`.
 */
export async function recount(id: number, timezone: string): Promise<Version> {
  return transaction(async (trx) => {
    await execute(sql`select pg_advisory_xact_lock(hashtext('segments.recount'), ${id}::integer)`, trx)
    await execute(sql`set local work_mem = '256MB'`, trx)
    const segment = await segmentOf(id, trx)

    await findDifference(segment, timezone, trx)
    return keepVersion(segment, trx)
  })
}

/** Ids that the filter answers today. */
export function members(segment: Pick<Segment, 'object' | 'filter'>, timezone: string): Sql {
  const object = objects.get(segment.object)
  return sql`select t.id from ${identifier(object.table)} t
    where ${existing(object)} and ${compile(segment.filter, object, { timezone })}`
}

/**
 * Who entered (1) and who left (-1). In a table of its own, with statistics: of an id that it has not seen the planner would
 * expect one row and loop over a million.
 */
async function findDifference(segment: Segment, timezone: string, trx: Transaction) {
  await execute(sql`drop table if exists pg_temp.segment_difference`, trx)
  await execute(
    sql`create temporary table segment_difference on commit drop as
      select coalesce(now.id, before.member_id) as member_id,
        (case when before.member_id is null then 1 else -1 end)::smallint as op,
        before.from_version
      from (${members(segment, timezone)}) now
      full join (select member_id, from_version from segment_current where segment_id = ${segment.id}) before
        on before.member_id = now.id
      where now.id is null or before.member_id is null`,
    trx
  )
  await execute(sql`analyze segment_difference`, trx)
}

async function keepVersion(segment: Segment, trx: Transaction): Promise<Version> {
  const version = segment.version + 1
  if (segment.version > 0) {
    await execute(
      sql`insert into segment_delta (segment_id, version, member_id, op, from_version)
        select ${segment.id}, ${version}, member_id, op, from_version from segment_difference order by member_id`,
      trx
    )
    await execute(
      sql`delete from segment_current c using segment_difference d
        where d.op = -1 and c.segment_id = ${segment.id} and c.member_id = d.member_id`,
      trx
    )
  }
  await execute(
    sql`insert into segment_current (segment_id, member_id, from_version)
      select ${segment.id}, member_id, ${version} from segment_difference where op = 1 order by member_id`,
    trx
  )
  return writeFigures(segment, version, trx)
}

/** The size follows from the last one, so that nobody counts a million rows twice. */
async function writeFigures(segment: Segment, version: number, trx: Transaction): Promise<Version> {
  const written = await row<Version>(
    sql`with moved as (
        select count(*) filter (where op = 1) as entered, count(*) filter (where op = -1) as left_count
        from segment_difference
      )
      insert into segment_versions (segment_id, version, count, entered, left_count, milliseconds)
      select ${segment.id}, ${version}, ${segment.count ?? 0} + entered - left_count, entered, left_count,
        (extract(epoch from clock_timestamp() - now()) * 1000)::integer
      from moved
      returning version, created_at, count, entered, left_count, milliseconds`,
    trx
  )
  await execute(
    sql`update segments set version = ${version}, count = ${written!.count}, recounted_at = now(), updated_at = now()
      where id = ${segment.id}`,
    trx
  )
  return written!
}
