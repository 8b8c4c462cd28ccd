import { row, sql, type Transaction } from '#core/database'

/** Whether a customer takes part in a campaign; whoever withdrew does not, until they register in it again (F39). */
export async function takesPart(userId: number, campaignId: number, trx?: Transaction): Promise<boolean> {
  const agree = await row<{ value: boolean }>(
    sql`select value from user_campaign_agrees where user_id = ${userId} and campaign_id = ${campaignId}`,
    trx
  )
  return agree?.value ?? false
}
