import { isDeepStrictEqual } from 'node:util'
import { execute, row, rows, sql, type Transaction } from '#core/database'
import { type Actor } from '#core/objects'
import { mergeConsents } from '../consents/merge_consents.js'
import { recordConsent } from '../consents/record_consent.js'
import { setRegime, type Regime } from '../consents/regime.js'
import { type Origin, type Way } from '../consents/said_by.js'
import { choose, inLog, resubscribe, unchoose, unsubscribe } from '../consents/unsubscriptions.js'

/** What counts of a customer's consents now, each list in a fixed order so that two states can be compared. */
export interface ConsentState {
  personalData: boolean
  communication: boolean
  regime: Regime
  /** Campaign and whether they agreed to its rules. */
  campaigns: [number, boolean][]
  /** Channel and category, null for all. */
  unsubscribes: Pair[]
  subscriptions: Pair[]
}

type Pair = [number | null, number | null]

export interface CarriedConsents {
  before: ConsentState
  after: ConsentState
  /** In the log of who stays, the id of the last one when the merge was done; older journals do not say. */
  lastWord?: number
}

/** Lets the stricter of two words hold for who stays; answers how they stood before and after. */
export async function carryConsents(from: number, into: number, actor: Actor, trx: Transaction): Promise<CarriedConsents> {
  const before = await consentsOf(into, trx)
  await mergeConsents(from, into, originOf('merge', actor), trx)
  const said = await row<{ lastWord: number }>(sql`select coalesce(max(id), 0) as "lastWord" from consent_log where user_id = ${into}`, trx)
  return { before, after: await consentsOf(into, trx), ...said! }
}

interface Parted {
  id: number
  from: number
  into: number
  moved: { consents: CarriedConsents }
}

/**
 * As they were before the merge, where nothing was said since and nobody else was merged since. Where something was, nobody knows which of
 * the two said it: it stays as it is, and what was refused is refused for both.
 */
export async function returnConsents({ id, from, into, moved }: Parted, actor: Actor, trx: Transaction) {
  const { before, after, lastWord = 0 } = moved.consents
  const now = await consentsOf(into, trx)
  const words = await wordsSince(into, lastWord, trx)
  const later = await row(sql`select from user_merges where user_id = ${into} and id > ${id} and undone_at is null limit 1`, trx)
  if (!words.length && !later && isDeepStrictEqual(now, after)) return putBack(into, now, before, originOf('merge_undone', actor), trx)
  await refuseFor(from, now, words, originOf('parted', actor), trx)
}

interface Word {
  kind: string
  value: boolean
  campaignId: number | null
  /** Of an unsubscription. */
  pair: Pair | null
}

/** What the person said, not what merges made of it. */
const wordsSince = (userId: number, lastWord: number, trx: Transaction) =>
  rows<Word>(
    sql`select l.kind, l.value, l.campaign_id as "campaignId", (
        select jsonb_build_array(x.channel_id, x.category_id) from user_unsubscribes x
        where x.user_id = l.user_id and l.kind = 'unsubscribe' and l.subject = ${inLog(sql`x.channel_id`, sql`x.category_id`)}
      ) as pair
      from consent_log l where l.user_id = ${userId} and l.id > ${lastWord} and l.source not in ('merge', 'merge_undone') order by l.id`,
    trx
  )

const originOf = (source: Way, { staffId, ip, source: sourceId, method }: Actor): Origin => ({ source, staffId, ip, sourceId, method })

async function putBack(userId: number, now: ConsentState, before: ConsentState, origin: Origin, trx: Transaction) {
  if (now.personalData !== before.personalData) await recordConsent({ userId, kind: 'personal_data', value: before.personalData }, origin, trx)
  if (now.communication !== before.communication) await recordConsent({ userId, kind: 'communication', value: before.communication }, origin, trx)
  await putBackCampaigns(userId, now, before, origin, trx)
  if (now.regime !== before.regime) await setRegime(userId, before.regime, origin, trx)
  for (const [channelId, categoryId] of without(now.unsubscribes, before.unsubscribes)) await resubscribe({ userId, channelId, categoryId }, origin, trx)
  for (const [channelId, categoryId] of without(now.subscriptions, before.subscriptions)) await unchoose({ userId, channelId, categoryId }, origin, trx)
  for (const [channelId, categoryId] of without(before.subscriptions, now.subscriptions)) await choose({ userId, channelId, categoryId }, origin, trx)
}

/** Who never said a word about a campaign takes part in it no more, and has no row of it either. */
async function putBackCampaigns(userId: number, now: ConsentState, before: ConsentState, origin: Origin, trx: Transaction) {
  for (const [campaignId] of without(now.campaigns, before.campaigns)) {
    const [, value = false] = before.campaigns.find(([id]) => id === campaignId) ?? []
    await recordConsent({ userId, kind: 'campaign', campaignId, value }, origin, trx)
  }
  const known = before.campaigns.map(([id]) => id)
  await execute(sql`delete from user_campaign_agrees where user_id = ${userId} and campaign_id <> all(${known}::bigint[])`, trx)
}

/** Whoever saved the whole page of subscriptions said a word about each of them. */
async function refuseFor(userId: number, now: ConsentState, words: Word[], origin: Origin, trx: Transaction) {
  const refused = (kind: string, campaign: number | null = null) =>
    words.some((word) => word.kind === kind && !word.value && word.campaignId === campaign)
  const chosen = words.some(({ kind }) => kind === 'regime')
  if (!now.personalData && refused('personal_data')) await recordConsent({ userId, kind: 'personal_data', value: false }, origin, trx)
  if (!now.communication && refused('communication')) await recordConsent({ userId, kind: 'communication', value: false }, origin, trx)
  if (now.regime === 'only' && chosen) await setRegime(userId, 'only', origin, trx)
  const pairs = chosen ? now.unsubscribes : words.flatMap(({ pair }) => (pair ? [pair] : []))
  for (const [channelId, categoryId] of pairs) await unsubscribe({ userId, channelId, categoryId }, origin, trx)
  for (const [campaignId, value] of now.campaigns) {
    if (!value && refused('campaign', campaignId)) await recordConsent({ userId, kind: 'campaign', campaignId, value }, origin, trx)
  }
}

function without<Item>(list: Item[], others: Item[]): Item[] {
  const known = new Set(others.map((one) => JSON.stringify(one)))
  return list.filter((one) => !known.has(JSON.stringify(one)))
}

async function consentsOf(userId: number, trx: Transaction): Promise<ConsentState> {
  const found = await row<ConsentState>(
    sql`select u.personal_data_agree as "personalData", u.communication_agree as communication, u.communication_regime as regime,
        coalesce((select jsonb_agg(jsonb_build_array(c.campaign_id, c.value) order by c.campaign_id)
          from user_campaign_agrees c where c.user_id = u.id), '[]') as campaigns,
        coalesce((select jsonb_agg(jsonb_build_array(x.channel_id, x.category_id) order by x.channel_id, x.category_id)
          from user_unsubscribes x where x.user_id = u.id), '[]') as unsubscribes,
        coalesce((select jsonb_agg(jsonb_build_array(x.channel_id, x.category_id) order by x.channel_id, x.category_id)
          from user_subscriptions x where x.user_id = u.id), '[]') as subscriptions
      from users u where u.id = ${userId}`,
    trx
  )
  const { personalData, communication, regime, campaigns, unsubscribes, subscriptions } = found!
  return { personalData, communication, regime, campaigns, unsubscribes, subscriptions }
}
