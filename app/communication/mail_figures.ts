import { rows, sql } from '#core/database'
import { source, type RowSet } from '#core/home'
import { type Reader } from '#core/objects'

export interface MailDay {
  day: string
  sent: number
  delivered: number
  opened: number
  clicked: number
}

/**
 * What became of these sends, by the day on which each began. Openings and clicks are counted by mails, not by times, and those of
 * machines are left out: the same reckoning as on the card of a communication.
 */
export async function mailFigures(sends: RowSet, reader: Reader): Promise<MailDay[]> {
  return rows<MailDay>(
    sql`with chosen as materialized (
        select t.id, to_char(t.started_at at time zone ${reader.timezone}, 'YYYY-MM-DD') as day from ${source(sends, reader)}
      ),
      handed_over as (
        select c.send_id, sum(c.sent) as sent from delivery_chunks c where c.send_id in (select id from chosen) group by 1
      ),
      reacted as (
        select r.send_id,
          count(distinct (r.user_id, r.identifier_id)) filter (where r.kind = 'open') as opened,
          count(distinct (r.user_id, r.identifier_id)) filter (where r.kind = 'click') as clicked,
          count(distinct (r.user_id, r.identifier_id)) filter (where r.kind = 'hard_bounce') as bounced
        from reactions r where r.send_id in (select id from chosen) and not r.bot group by 1
      )
      select day, coalesce(sum(sent), 0)::bigint as sent, coalesce(sum(greatest(coalesce(sent, 0) - coalesce(bounced, 0), 0)), 0)::bigint as delivered,
        coalesce(sum(opened), 0)::bigint as opened, coalesce(sum(clicked), 0)::bigint as clicked
      from chosen left join handed_over h on h.send_id = chosen.id left join reacted r on r.send_id = chosen.id
      group by day`
  )
}
