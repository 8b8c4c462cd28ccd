import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { MigrationRunner } from '@adonisjs/lucid/migration'
import { type HealthCheck } from '#core/modules'

/** Tables are those of this release. */
export const migrations: HealthCheck = {
  name: 'migrations',
  async ask() {
    const list = await new MigrationRunner(db, app, { direction: 'up' }).getList()
    const pending = list.filter(({ status }) => status === 'pending').length
    return pending ? { state: 'bad', code: 'pending', params: { pending } } : { state: 'good', code: 'well', params: { done: list.length } }
  },
}
