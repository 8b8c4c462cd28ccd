import { isDeepStrictEqual } from 'node:util'
import { execute, row, sql, type Transaction } from '#core/database'
import { type Actor } from '#core/objects'
import { mergeConsents } from '../consents/merge_consents.js'
import { recordConsent } from '../consents/record_consent.js'
import { setRegime, type Regime } from '../consents/regime.js'
import { type Origin } from '../consents/said_by.js'
import { choose, resubscribe, unchoose, unsubscribe } from '../consents/unsubscriptions.js'

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
}

/** Lets the stricter of two words hold for who stays; answers how they stood before and after. */
export async function carryConsents(from: number, into: number, actor: Actor, trx: Transaction): Promise<CarriedConsents> {
  const before = await consentsOf(into, trx)
  await mergeConsents(from, into, said('merge', actor), trx)
  return { before, after: await consentsOf(into, trx) }
}

/**
 * As they were before the merge, where nothing was said since. Where something was, nobody knows which of the two said it: it stays as
 * it is, and what was refused is refused for both.
 */
export async function returnConsents(from: number, into: number, { before, after }: CarriedConsents, actor: Actor, trx: Transaction) {
  const now = await consentsOf(into, trx)
  const origin = said('merge_undone', actor)
  if (isDeepStrictEqual(now, after)) return putBack(into, now, before, origin, trx)
  await refuseFor(from, after, now, origin, trx)
}

const said = (source: string, { staffId, ip, source: sourceId, method }: Actor): Origin => ({ source, staffId, ip, sourceId, method })

async function putBack(userId: number, now: ConsentState, before: ConsentState, origin: Origin, trx: Transaction) {
  await recordConsent({ userId, kind: 'personal_data', value: before.personalData }, origin, trx)
  await recordConsent({ userId, kind: 'communication', value: before.communication }, origin, trx)
  await putBackCampaigns(userId, now, before, origin, trx)
  await setRegime(userId, before.regime, origin, trx)
  for (const [channelId, categoryId] of without(now.unsubscribes, before.unsubscribes)) await resubscribe({ userId, channelId, categoryId }, origin, trx)
  for (const [channelId, categoryId] of without(now.subscriptions, before.subscriptions)) await unchoose({ userId, channelId, categoryId }, origin, trx)
  for (const [channelId, categoryId] of without(before.subscriptions, now.subscriptions)) await choose({ userId, channelId, categoryId }, origin, trx)
}

/** Who never said a word about a campaign takes part in it no more, and has no row of it either. */
async function putBackCampaigns(userId: number, now: ConsentState, before: ConsentState, origin: Origin, trx: Transaction) {
  for (const [campaignId] of now.campaigns) {
    const [, value = false] = before.campaigns.find(([id]) => id === campaignId) ?? []
    await recordConsent({ userId, kind: 'campaign', campaignId, value }, origin, trx)
  }
  const known = before.campaigns.map(([id]) => id)
  await execute(sql`delete from user_campaign_agrees where user_id = ${userId} and campaign_id <> all(${known}::bigint[])`, trx)
}

async function refuseFor(userId: number, after: ConsentState, now: ConsentState, origin: Origin, trx: Transaction) {
  if (!now.personalData) await recordConsent({ userId, kind: 'personal_data', value: false }, { ...origin, source: 'merge' }, trx)
  if (!now.communication) await recordConsent({ userId, kind: 'communication', value: false }, origin, trx)
  if (now.regime === 'only' && after.regime !== 'only') await setRegime(userId, 'only', origin, trx)
  for (const [channelId, categoryId] of without(now.unsubscribes, after.unsubscribes)) await unsubscribe({ userId, channelId, categoryId }, origin, trx)
  const left = without(now.campaigns, after.campaigns).filter(([, value]) => !value)
  for (const [campaignId] of left) await recordConsent({ userId, kind: 'campaign', campaignId, value: false }, origin, trx)
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
