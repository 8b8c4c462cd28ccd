import { sql } from '#core/database'
import { caughtLetters } from './inbox/caught_letters.js'
import { defineModule } from '#core/modules'
import { communicationObject } from './communication_object.js'
import { deliveryObject } from './delivery_object.js'
import { inboxMessageObject } from './inbox_message_object.js'
import { startCapture } from './inbox/capture.js'
import { mailHealth } from './mail_health.js'
import { mailProviderObject } from './mail_provider_object.js'
import { reactionObject } from './reaction_object.js'
import { routes } from './routes.js'
import { systemMessageObject } from './system_message_object.js'
import { sendObject } from './send_object.js'
import { cancelJob } from './sending/cancel_job.js'
import { drainJob } from './sending/drain_job.js'
import { prepareJob } from './sending/prepare_job.js'
import { testMailJob } from './sending/test_mail_job.js'
import { funnelWidget, mailWidget, sendAttention } from './widgets.js'
import { mailBounced, mailClicked, mailComplained } from './signals.js'

export default defineModule({
  name: 'communication',
  menu: [
    { group: 'communication', name: 'communications', path: '/communications', object: 'communication', key: 'c' },
    { group: 'communication', name: 'sends', path: '/sends', object: 'send', key: 'm' },
    { group: 'communication', name: 'deliveries', path: '/deliveries', object: 'delivery', key: 'l' },
    { group: 'communication', name: 'reactions', path: '/reactions', object: 'reaction' },
    { group: 'communication', name: 'inbox', path: '/inbox', object: 'inbox_message', key: 'b' },
    { group: 'communication', name: 'mailReports', path: '/mail-reports', object: 'send', right: 'edit' },
    { group: 'administration', name: 'systemMail', path: '/system-mail', object: 'system_message' },
    { group: 'settings', name: 'mailProviders', path: '/mail-providers', object: 'mail_provider' },
  ],
  home: {
    widgets: [mailWidget, funnelWidget],
    attention: sendAttention,
    steps: [{ name: 'mails', object: 'communication', href: '/communications/create' }],
  },
  objects: [
    mailProviderObject,
    communicationObject,
    sendObject,
    deliveryObject,
    reactionObject,
    inboxMessageObject,
    systemMessageObject,
  ],
  personal: {
    tables: [
      { table: 'deliveries', customer: 'user_id', erasure: { address: sql`'•••'`, answer: sql`null` }, impersonal: ['state'] },
      { table: 'reactions', customer: 'user_id', erasure: { user_agent: sql`null`, note: sql`null` }, impersonal: ['kind', 'report_key'] },
    ],
    leavings: [caughtLetters],
  },
  signals: [mailClicked, mailBounced, mailComplained],
  jobs: [prepareJob, drainJob, cancelJob, testMailJob],
  healthChecks: [mailHealth],
  routes,
  worker: () => startCapture(),
})
