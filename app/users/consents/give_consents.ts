import { row, sql, type Transaction } from '#core/database'
import { DomainError } from '#core/objects'
import { consentKinds, recordConsent, type ConsentKind } from './record_consent.js'
import { type Origin } from './said_by.js'

/** A word of a customer as other systems send it: the version of the document that was shown, the code of the campaign. */
export interface SentConsent {
  kind: ConsentKind
  document: string
  value: boolean
  campaign?: string
}

/** There is no such document, or it is not in use. */
export class UnknownConsentDocument extends DomainError {
  readonly code = 'unknownConsentDocument'
}

/** One word for two kinds, a kind twice, or a campaign where there is none. */
export class ConsentsMixed extends DomainError {
  readonly code = 'consentsMixed'
}

/** What a front end sent, each kind as its own element (F36). Throws `ConsentsMixed`, `UnknownConsentDocument`; answers how many words were new. */
export async function giveConsents(userId: number, consents: SentConsent[], origin: Origin, trx: Transaction): Promise<number> {
  refuseMixed(consents)
  let said = 0
  for (const { kind, document, value, campaign } of consents) {
    const found = await documentOf(kind, document, campaign ?? null, trx)
    if (!found) throw new UnknownConsentDocument({ document })
    if (await recordConsent({ userId, kind, value, ...found }, origin, trx)) said++
  }
  return said
}

function refuseMixed(consents: SentConsent[]) {
  const keys = consents.map(({ kind, campaign }) => `${kind}:${campaign ?? ''}`)
  const known = consents.every(({ kind, campaign }) => consentKinds.includes(kind) && (kind === 'campaign') === Boolean(campaign))
  if (!known || new Set(keys).size < keys.length) throw new ConsentsMixed()
}

async function documentOf(kind: ConsentKind, version: string, campaign: string | null, trx: Transaction) {
  return row<{ documentId: number; campaignId: number | null }>(
    sql`select d.id as "documentId", d.campaign_id as "campaignId"
      from consent_documents d left join campaigns c on c.id = d.campaign_id
      where d.kind = ${kind} and d.version = ${version} and c.code is not distinct from ${campaign} and c.deleted_at is null
        and d.active and d.valid_from <= now()`,
    trx
  )
}
