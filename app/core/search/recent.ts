import { execute, rows, sql } from '#core/database'

export interface Visit {
  object: string
  id: number
}

const KEPT = 20

/** Somebody opened the card of a row; the last ones are offered before anything is typed. */
export async function remember(staffId: number, { object, id }: Visit) {
  await execute(
    sql`with others as (
        select * from recent_records where staff_id = ${staffId} and (object, record_id) <> (${object}, ${id}::bigint)
      ), forgotten as (
        delete from recent_records r using (select * from others order by opened_at desc offset ${KEPT - 1}) old
        where r.staff_id = old.staff_id and r.object = old.object and r.record_id = old.record_id
      )
      insert into recent_records (staff_id, object, record_id) values (${staffId}, ${object}, ${id})
      on conflict (staff_id, object, record_id) do update set opened_at = clock_timestamp()`
  )
}

/** The newest first. */
export async function recentOf(staffId: number, few: number): Promise<Visit[]> {
  return rows<Visit>(
    sql`select object, record_id as id from recent_records where staff_id = ${staffId} order by opened_at desc limit ${few}`
  )
}
