import { type RouteGroups } from '#core/access'

const SourceCallbacks = () => import('./sources/source_callbacks_controller.js')
const SourceKeys = () => import('./sources/source_keys_controller.js')
const SourceKeyRevocations = () => import('./sources/source_key_revocations_controller.js')

export function routes({ staff }: RouteGroups) {
  const overSources = staff('edit', 'source')
  overSources.get('/sources/:id/key', [SourceKeys, 'create'])
  overSources.post('/sources/:id/key', [SourceKeys, 'store'])
  overSources.post('/sources/:id/key/revocation', [SourceKeyRevocations, 'store'])
  overSources.get('/sources/:id/callbacks', [SourceCallbacks, 'show'])
  overSources.post('/sources/:id/callbacks', [SourceCallbacks, 'store'])
  overSources.post('/sources/:id/callbacks/end', [SourceCallbacks, 'destroy'])
}
