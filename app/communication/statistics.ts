import { row, rows, sql, type Sql } from '#core/database'

/** What became of one send, or of all live sends of a communication (F43). Openings and clicks of machines are left out. */
export interface Statistics {
  recipients: number
  sent: number
  delivered: number
  opens: number
  uniqueOpens: number
  clicks: number
  clickers: number
  spam: number
  bounced: number
  unsubscribed: number
  errors: number
  skipped: number
}

interface LinkFigures {
  createdAt: Date
  url: string
  clicks: number
  clickers: number
}

export type Scope = { send: number } | { communication: number }

/** Who opens a mail five times, or has it at two addresses, has opened one mail or two: the lists behind the figures count alike. */
const mail = sql`(send_id, user_id, identifier_id)`

/** Tests are kept apart from live figures (F50), unless the send itself is looked at. */
function sendsIn(scope: Scope): Sql {
  return 'send' in scope
    ? sql`select id from sends where id = ${scope.send}`
    : sql`select id from sends where communication_id = ${scope.communication} and not test`
}

export async function statistics(scope: Scope): Promise<Statistics> {
  const figures = await row<Statistics>(
    sql`with chosen as (${sendsIn(scope)}),
      chunks as (
        select coalesce(sum(size), 0)::bigint as recipients, coalesce(sum(sent), 0)::bigint as sent,
          coalesce(sum(failed), 0)::bigint as errors, coalesce(sum(skipped), 0)::bigint as skipped
        from delivery_chunks where send_id in (select id from chosen)
      ),
      reacted as (
        select count(*) filter (where kind = 'open') as opens,
          count(distinct ${mail}) filter (where kind = 'open') as "uniqueOpens",
          count(*) filter (where kind = 'click') as clicks,
          count(distinct ${mail}) filter (where kind = 'click') as clickers,
          count(distinct ${mail}) filter (where kind = 'complaint') as spam,
          count(distinct ${mail}) filter (where kind = 'hard_bounce') as bounced,
          count(distinct ${mail}) filter (where kind = 'unsubscribe') as unsubscribed
        from reactions where send_id in (select id from chosen) and not bot
      )
      select chunks.*, reacted.*, greatest(chunks.sent - reacted.bounced, 0) as delivered from chunks, reacted`
  )
  return figures!
}

/** The table of links: every address of the mail, the most clicked first. */
export async function linkFigures(scope: Scope): Promise<LinkFigures[]> {
  return rows<LinkFigures>(
    sql`select min(l.created_at) as "createdAt", l.url, count(r.id) as clicks,
        count(distinct (r.send_id, r.user_id)) filter (where r.id is not null) as clickers
      from send_links l left join reactions r on r.link_id = l.id and not r.bot
      where l.send_id in (${sendsIn(scope)})
      group by l.url order by clicks desc, min(l.position)`
  )
}
