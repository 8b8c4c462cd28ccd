import vine from '@vinejs/vine'
import { nameIn } from '#core/books'
import { rows, row, sql, type Sql, type Transaction } from '#core/database'
import { defineMethod } from '#core/methods'
import { line } from '../accounts/sent.js'
import { consentSent } from './consent_sent.js'
import { giveConsents, type SentConsent } from './give_consents.js'
import { consentKinds, inForce } from './record_consent.js'
import { byCall } from './said_by.js'
import { CampaignMissing } from './refusals.js'

const code = () => line(100).minLength(1)

/** The documents that a front end shows beside its boxes: those in force, of the company and of the source's campaign (F34-F36). */
export const consentDocuments = defineMethod({
  name: 'consent/documents',
  caller: 'anyone',
  input: vine.create({}),
  output: vine.create({
    documents: vine.array(
      vine.object({
        kind: vine.enum(consentKinds),
        name: vine.string(),
        document: vine.string(),
        campaign: vine.string().nullable(),
        text: vine.string(),
        hash: vine.string(),
      })
    ),
  }),
  example: {
    input: {},
    output: {
      documents: [
        { kind: 'personal_data', name: 'Согласие на обработку персональных данных', document: '2026-09', campaign: null, text: 'Я согласен …', hash: '9f86d0…' },
      ],
    },
  },
  async run({ source, reader, trx }) {
    const kinds: [kind: string, campaignId: number | null][] = [['personal_data', null], ['communication', null]]
    if (source.campaign) kinds.push(['campaign', source.campaign.id])
    const documents: Shown[] = []
    for (const [kind, campaignId] of kinds) documents.push(...(await shownDocument(kind, campaignId, reader.locale, trx)))
    const campaign = source.campaign?.code ?? null
    return { output: { documents: documents.map((one) => ({ ...one, campaign: one.kind === 'campaign' ? campaign : null })) } }
  },
})

interface Shown {
  kind: (typeof consentKinds)[number]
  name: string
  document: string
  text: string
  hash: string
}

function shownDocument(kind: string, campaignId: number | null, locale: 'ru' | 'en', trx: Transaction) {
  const text: Sql = locale === 'en' ? sql`coalesce(nullif(d.text_en, ''), d.text_ru)` : sql`coalesce(nullif(d.text_ru, ''), d.text_en)`
  return rows<Shown>(
    sql`select ${kind}::text as kind, ${nameIn(sql`d`, locale)} as name, d.version as document, ${text} as text, d.text_hash as hash
      from (${inForce(sql`${kind}`, sql`${campaignId}::bigint`)}) d`,
    trx
  )
}

/** Consents given and withdrawn, each kind as its own word (F34-F36, F39). */
export const sayConsent = defineMethod({
  name: 'user/consent',
  caller: 'customer',
  input: vine.create({ consents: vine.array(consentSent()).minLength(1).maxLength(20) }),
  output: vine.create({ personalData: vine.boolean(), communication: vine.boolean() }),
  example: {
    input: { consents: [{ kind: 'communication', document: '2026-09', value: false }] },
    output: { personalData: true, communication: false },
  },
  refusals: { unknownConsentDocument: 422, consentsMixed: 422, campaignClosed: 403 },
  async run(call) {
    await giveConsents(call.userId!, call.input.consents as SentConsent[], byCall(call), call.trx)
    const now = await row<{ personalData: boolean; communication: boolean }>(
      sql`select personal_data_agree as "personalData", communication_agree as communication from users where id = ${call.userId}`,
      call.trx
    )
    return { output: now! }
  },
})

/** Taking part in the campaign of the source, or leaving it (F36, F39). */
export const agreeToCampaign = defineMethod({
  name: 'campaign/agree',
  caller: 'customer',
  input: vine.create({ document: code(), value: vine.boolean() }),
  output: vine.create({ campaign: vine.string(), value: vine.boolean() }),
  example: { input: { document: '1', value: true }, output: { campaign: 'club', value: true } },
  refusals: { unknownConsentDocument: 422, campaignMissing: 422, campaignClosed: 403 },
  tells: { campaignId: 'reference', value: 'flag' },
  async run(call) {
    const { input: { document, value }, source: { campaign }, userId, trx } = call
    if (!campaign) throw new CampaignMissing()
    await giveConsents(userId!, [{ kind: 'campaign', document, value, campaign: campaign.code }], byCall(call), trx)
    return { output: { campaign: campaign.code, value }, told: { campaignId: campaign.id, value } }
  },
})
