import { execute, identifier, join, quotedName, sql, type Sql, type Transaction } from '#core/database'
import { type Actor, type Values } from '#core/objects'
import { recordConsent, recordConsents, type ConsentKind } from './record_consent.js'
import { logRegime, type Regime } from './regime.js'
import { byActor } from './said_by.js'
import { standingNo } from './standing_no.js'

/** Kinds by the field that holds the present value (F34, F35). */
const fields: Record<string, { kind: ConsentKind; column: string }> = {
  personalDataAgree: { kind: 'personal_data', column: 'personal_data_agree' },
  communicationAgree: { kind: 'communication', column: 'communication_agree' },
}

/** The words behind what a member of staff ticked on a card. */
export async function keepConsents(userId: number, values: Values, trx: Transaction, actor: Actor) {
  for (const [field, { kind }] of Object.entries(fields)) {
    if (field in values) await recordConsent({ userId, kind, value: Boolean(values[field]) }, byActor(actor), trx)
  }
  if (values.communicationRegime) await logRegime(userId, values.communicationRegime as Regime, byActor(actor), trx)
}

/**
 * The same for a batch of an import. A file is older than what customers say themselves: what they took back meanwhile stays taken
 * back, also where they did so after `withdrawnConsents` looked.
 */
export async function keepImportedConsents(stage: Sql, mapped: string[], { staffId, importId }: Actor, trx: Transaction) {
  const brought = kindsIn(mapped)
  if (!brought.length) return
  for (const { kind, column } of brought) {
    await execute(
      sql`update users u set ${identifier(column)} = false
        where u.id in (select id from ${stage}) and u.${identifier(column)} and ${withdrawn(sql`u.id`, kind)}`,
      trx
    )
  }
  const given = brought.map(
    ({ kind, column }) => sql`select u.id as user_id, ${kind}::text as kind, u.${identifier(column)} as value,
      null::bigint as campaign_id, null::bigint as document_id
      from users u where u.id in (select id from ${stage})`
  )
  await recordConsents(join(given, ' union all '), { source: 'import', staffId, importId }, trx)
}

/** Lines that would give a consent which the customer took back, to be told (`ImportRules.refuse`). */
export function withdrawnConsents(stage: Sql, mapped: string[]): Sql[] {
  return kindsIn(mapped).map(
    ({ field, kind }) => sql`
      select s.line, ${field} as field, 'consentWithdrawn' as code
      from ${stage} s where s.${quotedName(field)} and ${withdrawn(sql`s.id`, kind)}`
  )
}

/** Lines about customers who took back the consent to the processing of personal data: a file brings nothing of them (`refuseWithdrawn`). */
export const withdrawnPeople = (stage: Sql): Sql =>
  sql`select s.line, 'id' as field, 'withdrew' as code
    from ${stage} s join users u on u.id = s.id and not u.personal_data_agree and ${withdrawn(sql`u.id`, 'personal_data')}`

const kindsIn = (mapped: string[]) =>
  Object.entries(fields).filter(([field]) => mapped.includes(field)).map(([field, one]) => ({ field, ...one }))

/** A file takes back what a file said. */
const withdrawn = (userId: Sql, kind: ConsentKind): Sql => standingNo(userId, kind, sql`l.source <> 'import'`)
