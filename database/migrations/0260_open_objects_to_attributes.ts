import { BaseSchema } from '@adonisjs/lucid/schema'

/** Tables of sections to which an administrator may add fields, besides users (F3). */
const tables = ['goods', 'categories', 'outlets', 'receipts', 'segments', 'communications']

export default class extends BaseSchema {
  async up() {
    for (const table of tables) this.schema.raw(`alter table ${table} add column attributes jsonb not null default '{}'`)
  }

  async down() {
    for (const table of tables) this.schema.raw(`alter table ${table} drop column attributes`)
  }
}
