import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Every object that people write takes further fields (F3): their tables have a place for the values. A table that comes later brings
 * the column along, or its object says `attributes: 'none'`.
 */
const tables = [
  'user_identifiers', 'user_unsubscribes', 'stop_list', 'receipt_lines', 'sends', 'mail_providers', 'staff', 'sources', 'coupon_types',
  'event_types', 'user_types', 'user_statuses', 'genders', 'channels', 'unsubscribe_categories',
]

export default class extends BaseSchema {
  async up() {
    for (const table of tables) this.schema.raw(`alter table ${table} add column attributes jsonb not null default '{}'`)
  }

  async down() {
    for (const table of tables) this.schema.raw(`alter table ${table} drop column attributes`)
  }
}
