import i18nManager from '@adonisjs/i18n/services/main'
import { recordChangesFrom } from '#core/audit'
import { execute, sql, type Sql, type Transaction } from '#core/database'
import { settings } from '#core/settings'
import { type Origin } from '../consents/said_by.js'

/**
 * Whoever withdraws the consent to processing is to be erased within ten working days (F39). `asking` selects `user_id`; one open request
 * of a customer is enough.
 */
export async function requestErasure(asking: Sql, { source, staffId }: Origin, trx: Transaction) {
  await execute(
    sql`insert into privacy_requests (user_id, kind, reason, source, staff_id)
      select distinct a.user_id, 'erasure', 'withdrawn', ${source}, ${staffId ?? null}::bigint
      from (${asking}) a join users u on u.id = a.user_id and u.erased_at is null
      on conflict (user_id, kind) where state in ('open', 'running') do nothing`,
    trx
  )
}

/**
 * Whoever agrees again before that is not erased: the requests that a withdrawal of theirs opened, under whatever id they were known then, are
 * closed, also those that wait for a worker. Those that staff wrote down stand. Whoever calls holds the customer (`lockPerson`).
 */
export async function closeErasure(agreeing: Sql, trx: Transaction) {
  const answer = i18nManager.locale(settings().languages[0]).t('privacy_request.agreedAgain')
  await recordChangesFrom(
    { actor: { staffId: null }, action: 'refuse', object: 'privacy_request' },
    sql`select id, jsonb_build_object('state', former) as before, '{"state": "refused"}'::jsonb as after from closed`,
    trx,
    sql`with agreeing as (${agreeing}),
    known_as as (
      select user_id from agreeing
      union select l.user_id from agreeing a join user_aliases l on l.canonical_id = a.user_id
    ),
    closed as (
      update privacy_requests p set state = 'refused', answer = ${answer}, done_at = now(), updated_at = now()
      from known_as k where p.user_id = k.user_id and p.kind = 'erasure' and p.state in ('open', 'running') and p.reason = 'withdrawn'
      returning p.id, old.state as former
    )`
  )
}
