import { existsSync } from 'node:fs'
import { BaseCommand } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import { MigrationRunner } from '@adonisjs/lucid/migration'
import hash from '@adonisjs/core/services/hash'
import env from '#start/env'
import { Staff } from '#core/access'
import { prepareQueues } from '#core/jobs'
import { preparations } from '#core/modules'
import { foreignRelations, rememberOwnRelations } from '#core/tables'

/** Makes a database, new or of an earlier release, what this release expects of it. */
export default class Up extends BaseCommand {
  static commandName = 'up'
  static description = 'Bring the database up to date: tables, queues, and the demo at first start'
  static options: CommandOptions = { startApp: true }

  async run() {
    await this.refuseBlindDatabase()
    await this.migrate()
    await prepareQueues()
    for (const prepare of preparations) await prepare()
    await this.loadDemo()
  }

  /** Under a locale such as "C" trigrams ignore Cyrillic, and every search finds nothing. */
  private async refuseBlindDatabase() {
    const db = await this.app.container.make('lucid.db')
    await db.rawQuery('create extension if not exists pg_trgm')
    const { rows } = await db.rawQuery(`select cardinality(show_trgm('Иванов')) > 0 as sees`)
    if (!rows[0].sees) {
      throw new Error(
        'This database does not know Cyrillic letters, so search would find no Russian name. ' +
          'Create it with a UTF-8 locale, for example: create database tessera ' +
          `template template0 encoding 'UTF8' locale 'C.UTF-8'`
      )
    }
  }

  private async migrate() {
    const db = await this.app.container.make('lucid.db')
    const runner = new MigrationRunner(db, this.app, { direction: 'up' })
    runner.on('migration:completed', ({ file }) => this.logger.info(`migrated ${file.name}`))
    const before = await foreignRelations()
    await runner.run()
    if (runner.error) {
      throw runner.error
    }
    await rememberOwnRelations(before)
  }

  private async loadDemo() {
    const files = ['demo.ts', 'demo.js'].map((name) => this.app.seedersPath(name))
    if (env.get('DEMO') === 'off' || !files.some(existsSync)) return

    if (!(await this.hasStaff())) {
      this.logger.info('loading the demo company')
      const demo = await this.app.import('./database/seeders/demo.js')
      await demo.default()
    }
    await this.announceSignIn()
  }

  /** The supervisor shows it to people, as long as the password is the one it gave. */
  private async announceSignIn() {
    const password = process.env.DEMO_PASSWORD
    if (!process.send || !password) return

    const accounts = await Staff.query()
      .whereLike('email', '%@demo.test')
      .where('active', true)
      .orderBy('id')
    const opened = await Promise.all(accounts.map((staff) => staff.password !== null && hash.verify(staff.password, password)))
    const emails = accounts.filter((_, index) => opened[index]).map(({ email }) => email)
    if (emails.length) process.send({ signIn: { emails, password } })
  }

  private async hasStaff() {
    const db = await this.app.container.make('lucid.db')
    const { rows } = await db.rawQuery('select exists (select from staff) as any')
    return rows[0].any
  }
}
