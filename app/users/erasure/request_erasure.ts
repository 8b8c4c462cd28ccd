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

/** Whoever agrees again before that is not erased: the request that the withdrawal opened is closed, those that staff wrote down stand. */
export async function closeErasure(agreeing: Sql, trx: Transaction) {
  const answer = i18nManager.locale(settings().languages[0]).t('privacy_request.agreedAgain')
  await recordChangesFrom(
    { actor: { staffId: null }, action: 'refuse', object: 'privacy_request' },
    sql`select id, '{"state": "open"}'::jsonb as before, '{"state": "refused"}'::jsonb as after from closed`,
    trx,
    sql`with closed as (
      update privacy_requests p set state = 'refused', answer = ${answer}, done_at = now(), updated_at = now()
      from (${agreeing}) a where p.user_id = a.user_id and p.kind = 'erasure' and p.state = 'open' and p.reason = 'withdrawn'
      returning p.id
    )`
  )
}
