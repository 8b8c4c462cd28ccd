import i18nManager from '@adonisjs/i18n/services/main'
import { recordChange } from '#core/audit'
import { execute, row, rows, sql, type Transaction } from '#core/database'
import { awaitApart, DomainError, objects, type Actor } from '#core/objects'
import { personal, strikeOut, type Person } from '#core/personal'
import { settings } from '#core/settings'
import { recordConsent } from '../consents/record_consent.js'
import { lockWholePerson } from '../merge/lock_person.js'
import { erasedHash } from './erased_hash.js'
import { eraseRows, type Destroyed } from './erase_rows.js'
import { knownWords } from './known_words.js'
import { type PrivacyRequest } from './privacy_request.js'
import { redactHistory } from './redact_history.js'
import { writeAct } from './write_act.js'

/** The request was carried out, or refused. */
export class RequestClosed extends DomainError {
  readonly code = 'requestClosed'
  override readonly status = 409
}

/**
 * Makes a person unknown, all their ids together (F39, 152-FZ): rows become what their tables declare, logs and files lose what quoted
 * them, and the facts stay under the id. All in one transaction, so that what was interrupted starts again from nothing. Answers the id
 * of the act. Throws `RequestClosed`.
 */
export async function carryOutErasure(requestId: number, actor: Actor, trx: Transaction): Promise<number> {
  await awaitApart(objects.get('user'), trx)
  const person = await personBehind(requestId, trx)
  const request = await begin(requestId, trx)
  const words = await knownWords(person, trx)
  await withdrawConsents(person, actor, trx)
  await keepHashes(person, trx)

  const destroyed: Destroyed[] = []
  const touched = await redactHistory(person.ids, trx)
  if (touched) destroyed.push({ what: 'audit_log', how: 'struck', rows: touched })
  destroyed.push(...(await eraseRows(person.ids, trx)))
  for (const trace of personal.traces()) {
    const struck = await strikeOut(words, trace, trx)
    if (struck) destroyed.push({ what: trace.table, how: 'struck', rows: struck })
  }
  for (const { name, remove } of personal.leavings()) {
    const removed = await remove(person, trx)
    if (removed) destroyed.push({ what: name, how: 'deleted', rows: removed })
  }

  const act = await writeAct(request, person.ids, destroyed, actor, trx)
  await recordChange({ actor, action: 'erase', object: 'user', id: request.userId, after: { act } }, trx)
  await closeExports(person, actor, trx)
  await end(requestId, actor, trx)
  return act
}

/** Customers are locked before their requests, as by whoever agrees again: what they said meanwhile is known when the request is looked at. */
async function personBehind(requestId: number, trx: Transaction): Promise<Person> {
  const asked = await row<{ userId: number }>(sql`select user_id as "userId" from privacy_requests where id = ${requestId}`, trx)
  if (!asked) throw new RequestClosed()
  const ids = await lockWholePerson(asked.userId, trx)
  const identifiers = await rows<Person['identifiers'][number]>(
    sql`select type, value from user_identifiers i where user_id = any(${ids}::bigint[]) and not exists (
        select from identifier_owners o where o.type = i.type and o.value = i.value and o.user_id <> all(${ids}::bigint[])
      )
      union select type, value from identifier_owners where user_id = any(${ids}::bigint[])`,
    trx
  )
  return { ids, identifiers }
}

/** The logs let themselves be changed in the transaction that carries this request out, and in no other. */
async function begin(id: number, trx: Transaction): Promise<PrivacyRequest> {
  const request = await row<PrivacyRequest>(
    sql`update privacy_requests set state = 'running', updated_at = now()
      where id = ${id} and kind = 'erasure' and state in ('open', 'running')
      returning id, user_id as "userId", kind, reason, created_at as "createdAt"`,
    trx
  )
  if (!request) throw new RequestClosed()
  await execute(sql`select set_config('tessera.erasing', ${String(id)}, true)`, trx)
  return request
}

/** The last words of the log, so that nothing is sent from now on. */
async function withdrawConsents({ ids }: Person, { staffId }: Actor, trx: Transaction) {
  for (const userId of ids) {
    for (const kind of ['communication', 'personal_data'] as const) {
      await recordConsent({ userId, kind, value: false }, { source: 'erasure', staffId }, trx)
    }
  }
  await execute(sql`update users set personal_data_agree = false, communication_agree = false where id = any(${ids}::bigint[])`, trx)
}

async function keepHashes({ ids, identifiers }: Person, trx: Transaction) {
  await execute(
    sql`insert into erased_identifiers (hash, type, user_id)
      select ${erasedHash(sql`i.type`, sql`i.value`)}, i.type, ${ids[0]}::bigint
      from unnest(${identifiers.map(({ type }) => type)}::text[], ${identifiers.map(({ value }) => value)}::text[]) as i (type, value)
      on conflict (hash) do nothing`,
    trx
  )
}

/** There is nothing left to hand over, also where a worker is just writing it. */
async function closeExports({ ids }: Person, { staffId }: Actor, trx: Transaction) {
  const answer = i18nManager.locale(settings().languages[0]).t('privacy_request.erasedMeanwhile')
  await execute(
    sql`update privacy_requests set state = 'refused', answer = ${answer}, done_at = now(), done_by_id = ${staffId}, updated_at = now()
      where user_id = any(${ids}::bigint[]) and kind = 'export' and state in ('open', 'running')`,
    trx
  )
}

async function end(id: number, { staffId }: Actor, trx: Transaction) {
  await execute(
    sql`update privacy_requests set state = 'done', done_at = now(), done_by_id = ${staffId}, updated_at = now() where id = ${id}`,
    trx
  )
  await execute(sql`select set_config('tessera.erasing', '', true)`, trx)
}
