import { prettyPrintError } from '@adonisjs/core'
import { ignite } from './boot.js'
import { joinRunningProduct } from './launcher/environment.js'

try {
  const { hasDatabase } = await joinRunningProduct()
  if (!hasDatabase) explainFailures()
  await ignite().ace().handle(process.argv.slice(2))
} catch (error) {
  process.exitCode = 1
  await prettyPrintError(error)
}

/** Many commands need no database, so the lack of one is told only to those that failed. */
function explainFailures() {
  process.on('exit', (code) => {
    if (code) {
      console.error('Tessera does not run here and DATABASE_URL is not set: there is no database.')
      console.error('Start it first, `npm start`, or name another database.')
    }
  })
}
