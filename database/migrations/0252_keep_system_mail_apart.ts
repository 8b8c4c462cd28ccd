import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Mail to staff may hold a link that opens an account, so the built-in inbox, which every role reads, does not show it.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('alter table inbox_messages add column system boolean not null default false')
  }

  async down() {
    this.schema.raw('delete from inbox_messages where system')
    this.schema.raw('alter table inbox_messages drop column system')
  }
}
