import { row, sql } from '#core/database'
import { belongsTo, defineObject, flag } from '#core/objects'
import { recordConsent } from './record_consent.js'
import { byActor } from './said_by.js'

/** Whether a customer takes part in a campaign, having agreed to its rules (F36). */
export const campaignAgreeObject = defineObject({
  name: 'campaign_agree',
  table: 'user_campaign_agrees',
  title: (agree) => sql`'№ ' || ${agree}.id`,
  fields: {
    user: belongsTo('user', {
      own: true,
      many: 'campaignAgrees',
      tab: 'header',
      columns: ['id', 'createdAt', 'updatedAt', 'campaign', 'value'],
      required: true,
      fixed: true,
    }),
    campaign: belongsTo('campaign', {
      many: 'participants',
      tab: 'participants',
      columns: ['user', 'createdAt', 'updatedAt', 'value'],
      required: true,
      fixed: true,
    }),
    value: flag({ initial: true }),
  },
  create: ['user', 'campaign', 'value'],
  small: true,
  rights: { marketer: ['read', 'create', 'edit', 'export'], viewer: ['read'] },
  verbs: {
    after: async (id, _values, trx, actor) => {
      const { user_id: userId, campaign_id: campaignId, value } = (await row<Agree>(
        sql`select user_id, campaign_id, value from user_campaign_agrees where id = ${id}`,
        trx
      ))!
      await recordConsent({ userId, kind: 'campaign', campaignId, value }, byActor(actor), trx)
    },
  },
})

interface Agree {
  user_id: number
  campaign_id: number
  value: boolean
}
