import { sql } from '#core/database'
import { type Follower } from '#core/signals'
import { withdrawals } from './withdrawals.js'

/** Every active webhook that listens to a signal gets a message for each of its events, whoever publishes them. */
export const followSignals: Follower = {
  name: 'webhook_messages_made',
  follow: (happened) => sql`
    insert into webhook_messages (webhook_id, user_id, event_key, signal, body)
    select w.id, h.user_id, h.event_key, h.signal, jsonb_build_object(
      'type', h.signal,
      'timestamp', h.occurred_at,
      'data', jsonb_strip_nulls(jsonb_build_object(
        'event', h.event_key, 'user', h.user_id, 'source', h.source, 'campaign', h.campaign_id, 'method', h.method, 'trace', h.trace
      )) || jsonb_build_object('values', h.payload)
    )
    from webhooks w join ${happened} h on w.active and (w.every_signal or h.signal = any(w.signals))
      left join sources s on s.id = w.source_id
      left join users u on (w.source_id is not null or w.consenting_only) and u.id = h.user_id
    where (w.source_id is null or h.source = s.code or u.registration_source_id = w.source_id)
      and (not w.consenting_only or u.communication_agree or h.signal = any(${withdrawals}::text[]))`,
}
