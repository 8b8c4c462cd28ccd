import vine from '@vinejs/vine'
import { nameIn } from '#core/books'
import { rows, row, sql, type Sql, type Transaction } from '#core/database'
import { defineMethod, type Running } from '#core/methods'
import { line } from '../accounts/sent.js'
import { lockPerson } from '../merge/lock_person.js'
import { cellOf, cellsOf, pairNamed, type Choosable } from './cells.js'
import { preferencesOf, savePreferences, type Preferences } from './preferences.js'
import { consentSent } from './consent_sent.js'
import { optIn, optOut } from './callbacks.js'
import { giveConsents, type SentConsent } from './give_consents.js'
import { consentKinds, inForce } from './record_consent.js'
import { regimes, type Regime } from './regime.js'
import { byCall } from './said_by.js'
import { CampaignMissing } from './refusals.js'

const choosable = () => vine.array(vine.object({ code: vine.string(), name: vine.string() }))
const code = () => line(100).minLength(1)
const pair = () => vine.object({ channel: code(), category: code() })

/** What a customer gets now, with the books to draw the boxes of. */
const subscriptions = () =>
  vine.create({ regime: vine.enum(regimes), channels: choosable(), categories: choosable(), kept: vine.array(pair()) })

const example = {
  regime: 'except' as const,
  channels: [{ code: 'email', name: 'Email' }, { code: 'sms', name: 'SMS' }],
  categories: [{ code: 'news', name: 'Новости' }],
  kept: [{ channel: 'email', category: 'news' }],
}

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
const consentSay = defineMethod({
  name: 'user/consent',
  caller: 'customer',
  input: vine.create({ consents: vine.array(consentSent()).minLength(1).maxLength(20) }),
  output: vine.create({ personalData: vine.boolean(), communication: vine.boolean() }),
  example: {
    input: { consents: [{ kind: 'communication', document: '2026-09', value: false }] },
    output: { personalData: true, communication: false },
  },
  refusals: ['unknownConsentDocument', 'consentsMixed', 'campaignClosed'],
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
const campaignAgree = defineMethod({
  name: 'campaign/agree',
  caller: 'customer',
  input: vine.create({ document: code(), value: vine.boolean() }),
  output: vine.create({ campaign: vine.string(), value: vine.boolean() }),
  example: { input: { document: '1', value: true }, output: { campaign: 'club', value: true } },
  refusals: ['unknownConsentDocument', 'campaignMissing', 'campaignClosed'],
  tells: { campaignId: 'reference', value: 'flag' },
  async run(call) {
    const { input: { document, value }, source: { campaign }, userId, trx } = call
    if (!campaign) throw new CampaignMissing()
    await giveConsents(userId!, [{ kind: 'campaign', document, value, campaign: campaign.code }], byCall(call), trx)
    return { output: { campaign: campaign.code, value }, told: { campaignId: campaign.id, value } }
  },
})

/** What the customer gets: channels, categories, and the pairs of them that are kept (F37, F40). */
export const getUnsubscribe = defineMethod({
  name: 'user/getUnsubscribe',
  caller: 'customer',
  input: vine.create({}),
  output: subscriptions(),
  example: { input: {}, output: example },
  run: async (call) => ({ output: shown(await present(call)) }),
})

/** Makes exactly these pairs be kept. */
export const updateUnsubscribe = defineMethod({
  name: 'user/updateUnsubscribe',
  caller: 'customer',
  input: vine.create({ regime: vine.enum(regimes).optional(), kept: vine.array(pair()).maxLength(1000) }),
  output: subscriptions(),
  example: { input: { kept: [{ channel: 'email', category: 'news' }] }, output: example },
  async run(call) {
    const before = await held(call)
    const kept = call.input.kept.flatMap(({ channel, category }) => cellsOf(before, pairNamed(before, channel, category)))
    return { output: await keep(call, new Set(kept), call.input.regime ?? before.regime) }
  },
})

const some = () => vine.create({ channel: code().optional(), category: code().optional() })

/** From now on these are kept; a channel or a category that is not named stands for all of them. */
export const subscribe = defineMethod({
  name: 'user/subscribe',
  caller: 'customer',
  input: some(),
  output: subscriptions(),
  example: { input: { channel: 'email', category: 'news' }, output: example },
  async run(call) {
    const before = await held(call)
    const { channel, category } = call.input
    return { output: await keep(call, new Set([...before.kept, ...cellsOf(before, pairNamed(before, channel, category))]), before.regime) }
  },
})

/** From now on these are not; without a channel and a category nothing is. */
const unsubscribeUser = defineMethod({
  name: 'user/unsubscribe',
  caller: 'customer',
  input: some(),
  output: subscriptions(),
  example: { input: { channel: 'sms' }, output: example },
  async run(call) {
    const before = await held(call)
    const gone = new Set(cellsOf(before, pairNamed(before, call.input.channel, call.input.category)))
    return { output: await keep(call, new Set([...before.kept].filter((cell) => !gone.has(cell))), before.regime) }
  },
})

type Said = Running<unknown>

const present = ({ userId, reader, trx }: Said) => preferencesOf(userId!, reader.locale, trx)

/** Before what will be changed is read: of two that change it at once, the second one reads what the first one left. */
async function held(call: Said) {
  return present({ ...call, userId: await lockPerson(call.userId!, call.trx) })
}

async function keep(call: Said, kept: Set<string>, regime: Regime) {
  await savePreferences(call.userId!, kept, regime, byCall(call), call.trx)
  return shown(await held(call))
}

function shown({ regime, channels, categories, kept }: Preferences) {
  const named = ({ code: said, name }: Choosable) => ({ code: said, name })
  const pairs = channels.flatMap((channel) =>
    categories.filter(({ id }) => kept.has(cellOf(channel.id, id))).map((category) => ({ channel: channel.code, category: category.code }))
  )
  return { regime, channels: channels.map(named), categories: categories.map(named), kept: pairs }
}

export const consentMethods = [
  consentDocuments, consentSay, campaignAgree, getUnsubscribe, updateUnsubscribe, subscribe, unsubscribeUser, optIn, optOut,
]
