import { rows, sql } from '#core/database'
import { goodSecrets } from '#core/secrets'
import { webhookSecret } from './secret.js'

export interface Due {
  id: number
  webhookId: number
  url: string
  secrets: string[]
  eventKey: string
  body: string
  /** With this one. */
  tries: number
}

/** So many are under way at once for one webhook, by all workers: a slow one takes no more than that. */
const EACH = 5
/** Longer than a try may take. One whose worker died is claimed again after it. */
const LEASE_SECONDS = 60

/** Messages whose time has come, for this worker alone. */
export async function claim(): Promise<Due[]> {
  return rows<Due>(sql`
    update webhook_messages m
    set state = 'sending', tries = m.tries + 1, next_try_at = now() + ${LEASE_SECONDS} * interval '1 second'
    from (
      select w.url, ${goodSecrets(webhookSecret, sql`w`)} as secrets, due.id
      from webhooks w cross join lateral (
        select id from webhook_messages
        where webhook_id = w.id and state in ('waiting', 'sending') and next_try_at <= now()
        order by next_try_at
        limit greatest(0, ${EACH} - (
          select count(*) from webhook_messages s where s.webhook_id = w.id and s.state = 'sending' and s.next_try_at > now()
        ))
        for update skip locked
      ) due
      where w.active
    ) taken
    where m.id = taken.id
    returning m.id, m.webhook_id as "webhookId", taken.url, taken.secrets, m.event_key as "eventKey", m.body::text as body, m.tries
  `)
}
