import { campaignClosed } from '#app/campaigns'
import { identifier, row, sql, type Transaction } from '#core/database'
import { DomainError } from '#core/objects'
import { CampaignClosed } from './refusals.js'
import { consentKinds, recordConsent, type ConsentKind } from './record_consent.js'
import { type Origin } from './said_by.js'

/** A word of a customer as other systems send it: the version of the document that was shown, the code of the campaign. */
export interface SentConsent {
  kind: ConsentKind
  document: string
  value: boolean
  campaign?: string
}

/** What was agreed to is no document that is in force, or there is no such campaign. */
export class UnknownConsentDocument extends DomainError {
  readonly code = 'unknownConsentDocument'
}

/** One word for two kinds, a kind twice, or a campaign where there is none. */
export class ConsentsMixed extends DomainError {
  readonly code = 'consentsMixed'
}

/** What a front end sent, each kind as its own element (F36). Throws `ConsentsMixed`, `UnknownConsentDocument`, `CampaignClosed`; answers how many words were new. */
export async function giveConsents(userId: number, consents: SentConsent[], origin: Origin, trx: Transaction): Promise<number> {
  refuseMixed(consents)
  let said = 0
  for (const consent of consents) {
    const { kind, document, value } = consent
    const found = await (value ? documentInForce(consent, trx) : documentLeft(consent, trx))
    if (!found) throw new UnknownConsentDocument({ document })
    if (found.closed) throw new CampaignClosed()
    if (await recordConsent({ userId, kind, value, ...found }, origin, trx)) said++
  }
  return said
}

function refuseMixed(consents: SentConsent[]) {
  const keys = consents.map(({ kind, campaign }) => `${kind}:${campaign ?? ''}`)
  const known = consents.every(({ kind, campaign }) => consentKinds.includes(kind) && (kind === 'campaign') === Boolean(campaign))
  if (!known || new Set(keys).size < keys.length) throw new ConsentsMixed()
}

interface Shown {
  documentId: number | null
  campaignId: number | null
  /** Nobody joins a campaign that is off, not begun or over. */
  closed: boolean
}

/** The document behind a version that is agreed to. */
export async function documentInForce({ kind, document, campaign }: Omit<SentConsent, 'value'>, trx: Transaction) {
  return row<Shown>(
    sql`select d.id as "documentId", d.campaign_id as "campaignId", coalesce(${campaignClosed(identifier('c'))}, false) as closed
      from consent_documents d left join campaigns c on c.id = d.campaign_id
      where d.kind = ${kind} and d.version = ${document} and c.code is not distinct from ${campaign ?? null} and c.deleted_at is null
        and d.active and d.valid_from <= now()`,
    trx
  )
}

/** No consent is held by an old text: whoever takes theirs back may name any, and one that is not known stands for what they agreed to. */
async function documentLeft({ kind, document, campaign }: SentConsent, trx: Transaction) {
  return row<Shown>(
    sql`select d.id as "documentId", c.id as "campaignId", false as closed
      from (select ${campaign ?? null}::text as code) said left join campaigns c on c.code = said.code
      left join consent_documents d on d.kind = ${kind} and d.version = ${document} and d.campaign_id is not distinct from c.id
      where said.code is null or c.id is not null
      order by c.deleted_at nulls first, d.id desc limit 1`,
    trx
  )
}
