import { sql } from '#core/database'
import { defineModule } from '#core/modules'
import { routes } from './routes.js'
import { followSignals } from './webhooks/follow_signals.js'
import { forgetOldJob } from './webhooks/forget_old_job.js'
import { startSender } from './webhooks/sender.js'
import { webhookMessageObject } from './webhooks/webhook_message_object.js'
import { webhookObject } from './webhooks/webhook_object.js'
import { webhookTryObject } from './webhooks/webhook_try_object.js'
import { withdrawals } from './webhooks/withdrawals.js'

export default defineModule({
  name: 'integrations',
  menu: [
    { group: 'integrations', name: 'webhooks', path: '/webhooks', object: 'webhook' },
    { group: 'integrations', name: 'webhookMessages', path: '/webhook-messages', object: 'webhook_message' },
  ],
  objects: [webhookObject, webhookMessageObject, webhookTryObject],
  personal: {
    tables: [
      {
        table: 'webhook_messages',
        customer: 'user_id',
        erasure: 'deleted',
        /** Numbers and codes only; without them the other system would go on writing to whoever was erased here. */
        spared: sql`t.state <> 'delivered' and t.signal = any(${withdrawals}::text[])`,
        impersonal: ['signal', 'state', 'body'],
      },
    ],
    traces: [{ table: 'webhook_tries', columns: ['answer', 'reason'] }, { table: 'webhook_messages', columns: ['reason'] }],
  },
  followers: [followSignals],
  jobs: [forgetOldJob],
  routes,
  worker: startSender,
})
