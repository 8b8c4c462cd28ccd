import { BaseSchema } from '@adonisjs/lucid/schema'

/** Deleted customers leave their number in the outer system to others, and are found when their days in the trash are over. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('drop index users_external_id_unique')
    this.schema.raw('create unique index users_external_id_unique on users (external_id) where deleted_at is null')
    this.schema.raw('create index users_deleted_at_index on users (deleted_at) where deleted_at is not null')
  }

  async down() {
    this.schema.raw('drop index users_deleted_at_index, users_external_id_unique')
    this.schema.raw('create unique index users_external_id_unique on users (external_id)')
  }
}
