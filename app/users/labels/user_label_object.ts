import { row, sql } from '#core/database'
import { belongsTo, defineObject } from '#core/objects'
import { origin } from '../consents/origin.js'
import { userLabelled, userUnlabelled } from './signals.js'

/** That a customer has a label, since when, and who said so. */
export const userLabelObject = defineObject({
  name: 'user_label',
  table: 'user_labels',
  without: ['updatedAt'],
  title: (labelled) => sql`'№ ' || ${labelled}.id`,
  fields: {
    user: belongsTo('user', {
      many: 'labels',
      tab: 'header',
      columns: ['label', 'createdAt', 'source'],
      badges: 'label',
      own: true,
      required: true,
      fixed: true,
    }),
    label: belongsTo('label', { many: 'holders', tab: 'holders', columns: ['user', 'createdAt', 'source'], required: true, fixed: true }),
    source: origin({ readonly: true }),
  },
  create: ['user', 'label'],
  small: true,
  attributes: 'none',
  rights: { marketer: ['read', 'create', 'delete', 'export'], viewer: ['read'] },
  segmentable: true,
  verbs: {
    before: async (values) => ({ ...values, source: 'back_office' }),
    after: async (_id, { user, label }, trx) => void (await userLabelled.publish({ userId: user as number, labelId: label }, trx)),
    remove: async (id, trx) => {
      const gone = await row<{ userId: number; labelId: number }>(
        sql`delete from user_labels where id = ${id} returning user_id as "userId", label_id as "labelId"`,
        trx
      )
      if (gone) await userUnlabelled.publish(gone, trx)
    },
  },
})
