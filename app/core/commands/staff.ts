import { randomBytes } from 'node:crypto'
import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import { letIn } from '#core/access'
import { builtInRoles, InvalidFields, type RoleName } from '#core/objects'

/**
 * The first administrator of a product that starts without the demo company, and the way back in for one who forgot the password:
 * `npm run ace -- staff anna@shop.example --name "Anna"`.
 */
export default class StaffCommand extends BaseCommand {
  static commandName = 'staff'
  static description = 'Let somebody into the back office, or give them a new password, which is printed once'
  static options: CommandOptions = { startApp: true }

  @args.string({ description: 'Mail address, by which they sign in' })
  declare email: string

  @flags.string({ description: 'Their name; the address when not given' })
  declare name: string

  @flags.string({ description: `${builtInRoles.join(', ')} or one of your own; administrator when not given` })
  declare role: RoleName

  async run() {
    const password = randomBytes(12).toString('base64url')
    const { email, name = email, role = 'administrator' } = this
    try {
      const outcome = await letIn({ email, name, role, password })
      this.logger.success(`${outcome === 'added' ? 'Welcome' : 'A new password'}: ${email}, ${password}`)
    } catch (error) {
      if (!(error instanceof InvalidFields)) throw error
      const faults = Object.entries(error.errors).map(([field, { code }]) => `${field} (${code})`)
      this.logger.error(`Refused: ${faults.join(', ')}`)
      this.exitCode = 1
    }
  }
}
