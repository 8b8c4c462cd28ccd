import { BaseSchema } from '@adonisjs/lucid/schema'

/** Communications may be deleted and restored. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('alter table communications add deleted_at timestamptz')
    this.schema.raw('create index communications_deleted_at_index on communications (deleted_at) where deleted_at is not null')
  }

  async down() {
    this.schema.raw('alter table communications drop column deleted_at')
  }
}
