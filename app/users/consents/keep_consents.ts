import { identifier, join, sql, type Sql, type Transaction } from '#core/database'
import { type Actor, type Values } from '#core/objects'
import { recordConsent, recordConsents, type ConsentKind } from './record_consent.js'
import { logRegime, type Regime } from './regime.js'
import { byStaff } from './said_by.js'

/** Kinds by the field that holds the present value (F34, F35). */
const fields: Record<string, { kind: ConsentKind; column: string }> = {
  personalDataAgree: { kind: 'personal_data', column: 'personal_data_agree' },
  communicationAgree: { kind: 'communication', column: 'communication_agree' },
}

/** The words behind what a member of staff ticked on a card. */
export async function keepConsents(userId: number, values: Values, trx: Transaction, actor: Actor) {
  for (const [field, { kind }] of Object.entries(fields)) {
    if (field in values) await recordConsent({ userId, kind, value: Boolean(values[field]) }, byStaff(actor), trx)
  }
  if (values.communicationRegime) await logRegime(userId, values.communicationRegime as Regime, byStaff(actor), trx)
}

/** The same for a batch of an import. */
export async function keepImportedConsents(stage: Sql, mapped: string[], trx: Transaction) {
  const brought = Object.entries(fields).filter(([field]) => mapped.includes(field))
  if (!brought.length) return
  const given = brought.map(
    ([, { kind, column }]) => sql`select u.id as user_id, ${kind}::text as kind, u.${identifier(column)} as value,
      null::bigint as campaign_id, null::bigint as document_id
      from users u where u.id in (select id from ${stage})`
  )
  await recordConsents(join(given, ' union all '), { source: 'import' }, trx)
}
