import env from '#start/env'
import { defineConfig, stores } from '@adonisjs/session'
import { servedOverHttps } from '#config/app'
import { touchedNowAndThen } from '../app/core/http/touched_now_and_then.js'

export default defineConfig({
  enabled: true,
  cookieName: 'tessera_session',
  clearWithBrowser: false,
  age: '12h',
  cookie: {
    path: '/',
    httpOnly: true,
    secure: servedOverHttps,
    sameSite: 'lax',
  },
  /** In the database a session can be revoked and may be longer than a cookie. */
  store: env.get('SESSION_DRIVER', 'database'),
  stores: {
    database: touchedNowAndThen(stores.database({ tableName: 'sessions' })),
  },
})
