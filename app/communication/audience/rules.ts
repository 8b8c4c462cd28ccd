import { join, sql, type Sql } from '#core/database'

/** What decides beside the customer's own rows. */
export interface Terms {
  class: 'advertising' | 'system'
  channelId: number
  /** Null: only an unsubscription from the whole channel counts. */
  categoryId: number | null
  /** Only customers marked as test, instead of only the others. */
  testCustomers: boolean
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
  { code: 'status', always: true, excludes: () => sql`not (s.allows_sending or (s.code = 'blocked' and u.blocked_until <= now()))` },
  { code: 'unconfirmed', always: true, excludes: ({ confirmation }) => sql`not (i.confirmed or ${confirmation ?? false})` },
  { code: 'undeliverable', always: true, excludes: () => sql`i.deliverable = 'blocked'` },
  {
    code: 'stopList',
    always: false,
    excludes: () => sql`exists (select 1 from stop_list b where b.type = i.type and b.value = i.value)`,
  },
  { code: 'noPersonalData', always: false, excludes: () => sql`not u.personal_data_agree` },
  { code: 'noConsent', always: false, excludes: () => sql`not u.communication_agree` },
  { code: 'unsubscribed', always: false, excludes: unsubscribed },
]

/** The code of the rule that excludes, or null for who may get it. */
export function exclusion(terms: Terms): Sql {
  const applied = rules.filter((rule) => rule.always || terms.class === 'advertising')
  const cases = applied.map(({ code, excludes }) => sql`when ${excludes(terms)} then ${code}::text`)
  return sql`case ${join(cases, ' ')} end`
}

/** An empty channel or category of an unsubscription stands for all of them (F37). */
function unsubscribed({ channelId, categoryId }: Terms) {
  return sql`exists (
    select 1 from user_unsubscribes x
    where x.user_id = u.id and (x.channel_id is null or x.channel_id = ${channelId})
      and (x.category_id is null or x.category_id = ${categoryId})
  )`
}
