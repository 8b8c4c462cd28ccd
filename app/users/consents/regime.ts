import { execute, row, sql, transaction, type Transaction } from '#core/database'
import { lockPerson } from '../merge/lock_person.js'
import { agreedDocument } from './agreed_document.js'
import { lastMergeWord } from './last_merge_word.js'
import { type Origin } from './said_by.js'

/** How a customer is written to (F35): everything that was not left, or only what was chosen. */
export const regimes = ['except', 'only'] as const
export type Regime = (typeof regimes)[number]

export async function regimeOf(userId: number, trx?: Transaction): Promise<Regime> {
  const found = await row<{ regime: Regime }>(sql`select communication_regime as regime from users where id = ${userId}`, trx)
  return found?.regime ?? 'except'
}

/** Puts a customer under a regime; answers whether it was another before. */
export async function setRegime(user: number, regime: Regime, origin: Origin, trx?: Transaction): Promise<boolean> {
  if (!trx) return transaction((own) => setRegime(user, regime, origin, own))
  const userId = await lockPerson(user, trx)
  const changed = await execute(
    sql`update users set communication_regime = ${regime}, updated_at = now() where id = ${userId} and communication_regime <> ${regime}`,
    trx
  )
  await logRegime(userId, regime, origin, trx)
  return changed > 0
}

/** The word in the log, unless it is the one that stands there since any merge; everybody starts with `except`. */
export async function logRegime(userId: number, regime: Regime, origin: Origin, trx: Transaction) {
  await execute(
    sql`insert into consent_log
        (user_id, kind, value, subject, document_id, document_version, text_hash, source, source_id, method, ip, staff_id)
      select ${userId}::bigint, 'regime', ${regime === 'except'}::boolean, ${regime}, agreed.document_id, agreed.document_version, agreed.text_hash, ${origin.source}, ${origin.sourceId ?? null}::bigint,
        ${origin.method ?? null}, ${origin.ip ?? null}, ${origin.staffId ?? null}::bigint
      from (select) one left join lateral (
        select l.id, l.subject from consent_log l where l.user_id = ${userId} and l.kind = 'regime' order by l.id desc limit 1
      ) last on true left join ${agreedDocument(sql`${userId}::bigint`)} agreed on true
      where ${regime} is distinct from coalesce(last.subject, 'except') or coalesce(last.id, 0) <= ${lastMergeWord(sql`${userId}::bigint`)}`,
    trx
  )
}
