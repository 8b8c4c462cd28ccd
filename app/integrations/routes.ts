import env from '#start/env'
import { type RouteGroups } from '#core/access'

const DemoShop = () => import('./demo_shop_controller.js')
const Webhooks = () => import('./webhooks/webhooks_controller.js')

export function routes({ staff, open }: RouteGroups) {
  staff('edit', 'webhook').post('/webhooks/:id/signals', [Webhooks, 'signals'])
  staff('edit', 'webhook').post('/webhooks/:id/tests', [Webhooks, 'test'])
  staff('edit', 'webhook').post('/webhooks/:id/secret', [Webhooks, 'secret'])
  staff('edit', 'webhook').get('/webhooks/:id/rotation', [Webhooks, 'rotation'])
  staff('edit', 'webhook').post('/webhooks/:id/rotation', [Webhooks, 'rotate'])
  staff('edit', 'webhook').post('/webhooks/:id/replays', [Webhooks, 'replayFailed'])
  staff('edit', 'webhook_message').post('/webhook-messages/:id/replays', [Webhooks, 'replay'])

  if (env.get('DEMO_SHOP') === 'on') open.get('/demo/:file?', [DemoShop, 'show'])
}
