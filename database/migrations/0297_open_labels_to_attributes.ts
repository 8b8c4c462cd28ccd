import { BaseSchema } from '@adonisjs/lucid/schema'

/** Labels take further fields like every other reference book (F3). */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`alter table labels add column attributes jsonb not null default '{}'`)
  }

  async down() {
    this.schema.raw('alter table labels drop column attributes')
  }
}
