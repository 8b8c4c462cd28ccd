import { row, sql, type Transaction } from '#core/database'
import { type Source } from '#core/methods'
import { type Place } from './issue.js'

/** What staff ask for is made as at the source where the customer registered, by the generators of its campaign. */
export async function placeOfRegistration(userId: number, trx: Transaction): Promise<Place> {
  const source = await row<Pick<Source, 'id' | 'campaign'>>(
    sql`select s.id, case when c.id is not null then jsonb_build_object('id', c.id, 'code', c.code) end as campaign
      from users u join sources s on s.id = u.registration_source_id left join campaigns c on c.id = s.campaign_id where u.id = ${userId}`,
    trx
  )
  return { source }
}
