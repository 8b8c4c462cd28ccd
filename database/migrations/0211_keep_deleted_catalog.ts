import { BaseSchema } from '@adonisjs/lucid/schema'

/** Goods, categories and outlets may be deleted and restored; a code belongs to one row that is there. */
export default class extends BaseSchema {
  async up() {
    for (const table of ['categories', 'goods', 'outlets']) {
      this.schema.raw(`alter table ${table} add deleted_at timestamptz, drop constraint ${table}_code_key`)
      this.schema.raw(`create unique index ${table}_code_unique on ${table} (code) where deleted_at is null`)
      this.schema.raw(`create index ${table}_deleted_at_index on ${table} (deleted_at) where deleted_at is not null`)
    }
  }

  async down() {
    for (const table of ['categories', 'goods', 'outlets']) {
      this.schema.raw(`drop index ${table}_deleted_at_index, ${table}_code_unique`)
      this.schema.raw(`delete from ${table} where deleted_at is not null`)
      this.schema.raw(`alter table ${table} drop column deleted_at, add constraint ${table}_code_key unique (code)`)
    }
  }
}
