import { row, sql, type Transaction } from '#core/database'
import { identifierOf } from '../identifiers/owners.js'
import { canonicalUser } from '../merge/canonical.js'
import { SocialAccountTaken } from './refusals.js'
import { type Vouched } from './vouched.js'

/** Whose account elsewhere it is; else whose mail address, where that is confirmed here and vouched for there. */
export async function customerOf({ providerId, subject, email }: Vouched, trx: Transaction): Promise<number | null> {
  const linked = await row<{ userId: number }>(
    sql`select coalesce(a.canonical_id, s.user_id) as "userId" from user_social_accounts s left join user_aliases a on a.user_id = s.user_id
      where s.provider_id = ${providerId} and s.subject = ${subject}`,
    trx
  )
  if (linked) return linked.userId
  const identifier = email ? await identifierOf('email', email, trx) : null
  return identifier?.active && identifier.confirmed ? identifier.userId : null
}

/** From now on the customer signs in by it; what was linked before they were merged is theirs. Throws `SocialAccountTaken`. */
export async function linkAccount(userId: number, { providerId, subject }: Pick<Vouched, 'providerId' | 'subject'>, trx: Transaction) {
  const linked = await row<{ userId: number }>(
    sql`insert into user_social_accounts (user_id, provider_id, subject) values (${userId}, ${providerId}, ${subject})
      on conflict (provider_id, subject) do update set subject = excluded.subject returning user_id as "userId"`,
    trx
  )
  if ((await canonicalUser(linked!.userId, trx)) !== userId) throw new SocialAccountTaken()
}
