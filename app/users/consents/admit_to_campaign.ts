import { row, sql, type Transaction } from '#core/database'
import { type Source } from '#core/methods'
import { DomainError } from '#core/objects'

/** The customer withdrew from the rules of the campaign; they come in again by agreeing to them anew. */
export class CampaignLeft extends DomainError {
  readonly code = 'campaignLeft'
  override readonly status = 403
}

/** Whoever left a campaign is not signed in through its sources (F39); their data stays. Who never took part has left nothing. Throws `CampaignLeft`. */
export async function admitToCampaign(userId: number, source: Source, trx: Transaction) {
  const left = await row(
    sql`select from user_campaign_agrees a join sources s on s.campaign_id = a.campaign_id
      where s.id = ${source.id} and a.user_id = ${userId} and not a.value and exists (
        select from consent_log l where l.user_id = a.user_id and l.kind = 'campaign' and l.campaign_id = a.campaign_id and l.value
      )`,
    trx
  )
  if (left) throw new CampaignLeft()
}
