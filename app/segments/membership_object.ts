import { sql } from '#core/database'
import { belongsTo, defineObject, integer } from '#core/objects'

/** That a customer is in a segment now. */
export const membershipObject = defineObject({
  name: 'membership',
  table: 'segment_memberships',
  without: ['createdAt', 'updatedAt'],
  title: (row) => sql`'№ ' || ${row}.id`,
  fields: {
    segment: belongsTo('segment', { many: 'members', tab: 'members', columns: ['user', 'fromVersion'], sort: 'user' }),
    user: belongsTo('user', {
      many: 'segments',
      tab: 'segments',
      columns: ['segment', 'fromVersion'],
      sort: 'segment',
      badges: 'segment',
      own: true,
      sortable: true,
    }),
    fromVersion: integer(),
  },
  attributes: 'none',
  rights: { marketer: ['read', 'export'], viewer: ['read'] },
})
