import { prettyPrintError } from '@adonisjs/core'
import { ignite } from './boot.js'
import { joinRunningProduct } from './launcher/environment.js'

try {
  await joinRunningProduct()
  await ignite().ace().handle(process.argv.slice(2))
} catch (error) {
  process.exitCode = 1
  await prettyPrintError(error)
}
