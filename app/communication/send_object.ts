import { sql } from '#core/database'
import { belongsTo, choice, dateTime, defineObject, flag, integer } from '#core/objects'
import { progressPanel } from './progress_panel.js'
import { sendStates, sendTones } from './sending/send_states.js'

/** One sending of a communication: its audience and content are frozen when it is prepared. */
export const sendObject = defineObject({
  name: 'send',
  table: 'sends',
  path: 'sends',
  quick: 'state',
  title: (row) => sql`(select c.name from communications c where c.id = ${row}.communication_id)`,
  fields: {
    communication: belongsTo('communication', {
      many: 'sends',
      tab: 'sends',
      columns: ['id', 'createdAt', 'segment', 'state', 'recipients', 'finishedAt', 'test'],
      readonly: true,
    }),
    state: choice(sendStates, { readonly: true, tones: sendTones }),
    test: flag({ readonly: true }),
    segment: belongsTo('segment', { readonly: true }),
    testCustomers: flag({ readonly: true }),
    perMinute: integer({ readonly: true }),
    recipients: integer({ readonly: true }),
    startsAt: dateTime({ readonly: true }),
    startedAt: dateTime({ readonly: true }),
    finishedAt: dateTime({ readonly: true }),
  },
  columns: ['id', 'createdAt', 'communication', 'segment', 'state', 'recipients', 'startedAt', 'finishedAt', 'test'],
  card: ['communication', 'segment', 'recipients', 'perMinute', 'testCustomers', 'test', 'startedAt', 'finishedAt', 'createdAt'],
  tabs: ['progress'],
  panels: [progressPanel],
  rights: { marketer: ['read', 'edit', 'export'], viewer: ['read'] },
})
