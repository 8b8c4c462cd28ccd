import env from '#start/env'
import app from '@adonisjs/core/services/app'
import { defineConfig, syncDestination } from '@adonisjs/core/logger'
import type { InferLoggers } from '@adonisjs/core/types'

/** Secrets and people's addresses stay out of the log, wherever in an entry they stand. */
const secrets = ['password', 'token', 'secret', 'apiKey', 'authorization', 'cookie', '_csrf']
const redactedPaths = secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`])

const loggerConfig = defineConfig({
  default: 'app',
  loggers: {
    app: {
      enabled: true,
      name: 'tessera',
      level: env.get('LOG_LEVEL', app.inTest ? 'error' : 'info'),
      redact: {
        paths: [...redactedPaths, '*.headers["set-cookie"]', '*.headers["x-csrf-token"]'],
        censor: '[redacted]',
      },
      destination: app.inDev ? await syncDestination() : undefined,
    },
  },
})

export default loggerConfig

declare module '@adonisjs/core/types' {
  export interface LoggersList extends InferLoggers<typeof loggerConfig> {}
}
