import { type Transaction } from '#core/database'
import { type Call } from '#core/methods'
import { admitToCampaign } from './admit_to_campaign.js'
import { giveConsents, type SentConsent } from './give_consents.js'
import { byCall } from './said_by.js'

/** Lets a known customer into the campaign of the source; whoever left it brings their new consent along (F39). Throws `CampaignLeft`. */
export async function returnWith(consents: { kind: string }[] | undefined, userId: number, call: Call & { trx: Transaction }) {
  const { source, trx } = call
  if (consents) await giveConsents(userId, consents as SentConsent[], byCall(call), trx)
  await admitToCampaign(userId, source, trx)
}
