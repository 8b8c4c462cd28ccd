import { identifier, join, sql, type Sql } from '#core/database'

/** What decides beside the customer's own rows. */
export interface Terms {
  class: 'advertising' | 'system'
  channelId: number
  /** Null: only an unsubscription from the whole channel counts. */
  categoryId: number | null
  /** Only customers marked as test, instead of only the others. */
  testCustomers: boolean
  /** The campaign that the message is about: its participants get it while it runs, whatever else they agreed to (F36). */
  campaignId?: number | null
  /** The message carries a confirmation of the address itself: the one thing that an unconfirmed address may get (F38). */
  confirmation?: boolean
}

interface Rule {
  /** Words: `send.reasons.<code>`. */
  code: string
  /** The reason holds for system messages too (F44). */
  always: boolean
  /** True for who must not get it, over `u` (users), `s` (their status) and `i` (the identifier, null when there is none). */
  excludes: (terms: Terms) => Sql
}

/**
 * Who may be written to (F34-F38, F44), said once: the audience, the preview of it and the last look before each mail are
 * made of this table. The first rule that excludes gives the reason.
 */
export const rules: Rule[] = [
  { code: 'deleted', always: true, excludes: () => sql`u.id is null or u.deleted_at is not null` },
  { code: 'testCustomer', always: true, excludes: ({ testCustomers }) => sql`u.is_test <> ${testCustomers}` },
  { code: 'noAddress', always: true, excludes: () => sql`i.id is null` },
  { code: 'inactive', always: true, excludes: () => sql`not i.active` },
  { code: 'status', always: true, excludes: () => sql`not (s.allows_sending or (s.code = 'blocked' and coalesce(u.blocked_until <= now(), false)))` },
  { code: 'unconfirmed', always: true, excludes: ({ confirmation }) => sql`not (i.confirmed or ${confirmation ?? false})` },
  { code: 'undeliverable', always: true, excludes: () => sql`i.deliverable = 'blocked'` },
  {
    code: 'stopList',
    always: false,
    excludes: () => sql`exists (select 1 from stop_list b where b.type = i.type and b.value = i.value)`,
  },
  { code: 'noPersonalData', always: false, excludes: () => sql`not u.personal_data_agree` },
  { code: 'noConsent', always: false, excludes: (terms) => sql`not u.communication_agree and not ${participates(terms)}` },
  { code: 'notChosen', always: false, excludes: (terms) => sql`${notChosen(terms)} and not ${participates(terms)}` },
  { code: 'unsubscribed', always: false, excludes: unsubscribed },
]

/** The code of the rule that excludes, or null for who may get it. */
export function exclusion(terms: Terms): Sql {
  const applied = rules.filter((rule) => rule.always || terms.class === 'advertising')
  const cases = applied.map(({ code, excludes }) => sql`when ${excludes(terms)} then ${code}::text`)
  return sql`case ${join(cases, ' ')} end`
}

/** Whoever agreed to the rules of a campaign is told about it, and about nothing else, while it runs. */
function participates({ campaignId }: Terms) {
  if (!campaignId) return sql`false`
  return sql`exists (
    select 1 from user_campaign_agrees p join campaigns c on c.id = p.campaign_id
    where p.user_id = u.id and p.campaign_id = ${campaignId} and p.value and c.active and c.deleted_at is null
      and coalesce(c.starts_at <= now(), true) and coalesce(c.ends_at > now(), true)
  )`
}

/** Under "agree only to" nothing goes out that was not chosen (F35). */
function notChosen(terms: Terms) {
  return sql`u.communication_regime = 'only' and not ${listed('user_subscriptions', terms)}`
}

function unsubscribed(terms: Terms) {
  return listed('user_unsubscribes', terms)
}

/** An empty channel or category stands for all of them (F37). */
function listed(table: string, { channelId, categoryId }: Terms) {
  return sql`exists (
    select 1 from ${identifier(table)} x
    where x.user_id = u.id and (x.channel_id is null or x.channel_id = ${channelId})
      and (x.category_id is null or x.category_id = ${categoryId})
  )`
}
