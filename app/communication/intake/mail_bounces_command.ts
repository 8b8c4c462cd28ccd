import { args, BaseCommand } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import { readFile } from 'node:fs/promises'

export default class MailBounces extends BaseCommand {
  static commandName = 'mail:bounces'
  static description = 'Take in returned mail and complaints from a mailbox file'
  static options: CommandOptions = { startApp: true }

  @args.string({ description: 'A file: mbox, or one .eml' })
  declare file: string

  /** Prints what it did as JSON. */
  async run() {
    const { takeIn } = await import('./take_in.js')
    console.log(JSON.stringify(await takeIn(await readFile(this.file))))
  }
}
