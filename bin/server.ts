import { prettyPrintError } from '@adonisjs/core'
import { ignite } from './boot.js'
import { patientServer } from './patient_server.js'

/**
 * One request that fails outside of every handler must not take the others with it, so the process
 * goes on.
 */
process.on('unhandledRejection', (reason) => {
  import('@adonisjs/core/services/logger')
    .then(({ default: logger }) => logger.error({ err: reason }, 'unhandled rejection'))
    .catch(() => console.error(reason))
})

try {
  await ignite().httpServer().start(patientServer)
} catch (error) {
  process.exitCode = 1
  await prettyPrintError(error)
}
