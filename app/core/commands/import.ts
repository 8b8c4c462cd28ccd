import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import { explain, importFromTerminal, terminalReader } from '#core/imports'
import { refreshSettings } from '#core/settings'

/** `npm run ace -- import user customers.csv --map externalId=id --map "email={{ mail }}" --match externalId` */
export default class Import extends BaseCommand {
  static commandName = 'import'
  static description = 'Import a CSV file, and print what it came to as JSON'
  static options: CommandOptions = { startApp: true }

  @args.string({ description: 'What the rows are: user, good, receipt...' })
  declare object: string

  @args.string({ description: 'A CSV file, which may be gzipped' })
  declare file: string

  @flags.array({ description: 'field=column or field="a {{ template }}"; field?= leaves a reference empty that is unknown' })
  declare map: string[]

  @flags.string({ description: 'Fields that tell the rows apart, joined by +' })
  declare match: string

  @flags.string({ description: 'upsert (when not given), create or update' })
  declare mode: string

  @flags.string({ description: 'Empty cells keep (when not given) what is there, or clear it' })
  declare empty: string

  @flags.boolean({ description: 'Only say what would happen' })
  declare dryRun: boolean

  @flags.string({ description: 'Time zone of moments that have none, that of the company when not given: Europe/Riga' })
  declare timezone: string

  @flags.string({ description: 'comma, semicolon, tab or pipe; found out when not given' })
  declare delimiter: string

  @flags.string({ description: 'utf-8, windows-1251, utf-16le or utf-16be; found out when not given' })
  declare encoding: string

  @flags.string({ description: 'Language of the reasons: en (when not given) or ru' })
  declare locale: string

  async run() {
    const { object, file, map, match, mode, empty, dryRun, timezone, delimiter, encoding, locale } = this
    await refreshSettings()
    const reader = terminalReader({ timezone, locale })
    try {
      const typed = { object, file, map, match, mode, empty, dryRun, timezone, delimiter, encoding, locale }
      const outcome = await importFromTerminal(typed, reader)
      process.stdout.write(JSON.stringify(outcome) + '\n')
    } catch (error) {
      const sentence = explain(error, reader)
      if (!sentence) throw error
      this.logger.error(sentence)
      this.exitCode = 1
    }
  }
}
