import { configProvider } from '@adonisjs/core'
import { type ConfigProvider } from '@adonisjs/core/types'
import { type SessionStoreFactory } from '@adonisjs/session/types'

const EVERY_MS = 60_000
const MOST_KNOWN = 10_000

/** Sessions that live for hours: that one is alive is written down once a minute, not at every request. */
export function touchedNowAndThen(stores: ConfigProvider<SessionStoreFactory>): ConfigProvider<SessionStoreFactory> {
  return configProvider.create(async (app) => {
    const open = await stores.resolver(app)
    const touchedAt = new Map<string, number>()

    function due(id: string) {
      const now = performance.now()
      if (now - (touchedAt.get(id) ?? -Infinity) < EVERY_MS) return false
      if (touchedAt.size >= MOST_KNOWN) touchedAt.clear()
      touchedAt.set(id, now)
      return true
    }

    return (ctx, config) => {
      const store = open(ctx, config)
      const touch = store.touch.bind(store)
      return Object.assign(store, { touch: (id: string) => (due(id) ? touch(id) : undefined) })
    }
  })
}
