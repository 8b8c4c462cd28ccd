import { prettyPrintError } from '@adonisjs/core'
import { ignite } from './boot.js'

try {
  await ignite().ace().handle(process.argv.slice(2))
} catch (error) {
  process.exitCode = 1
  await prettyPrintError(error)
}
