import { BaseSchema } from '@adonisjs/lucid/schema'

/** Days off take further fields, as every book does. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`alter table days_off add column attributes jsonb not null default '{}'`)
  }

  async down() {
    this.schema.raw('alter table days_off drop column attributes')
  }
}
