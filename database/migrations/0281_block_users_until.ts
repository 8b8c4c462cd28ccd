import { BaseSchema } from '@adonisjs/lucid/schema'

/** Until when a customer is blocked and why (F29); the status of those whose personal data is gone. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('alter table users add column blocked_until timestamptz, add column status_reason text')
    this.schema.raw('create index users_blocked_until_index on users (blocked_until) where blocked_until is not null')
    this.schema.raw(`
      insert into user_statuses (code, name_ru, name_en, allows_sending, position)
      select 'deleted', 'Удалён', 'Deleted', false, max(position) + 1 from user_statuses
      on conflict (code) do nothing
    `)
  }

  async down() {
    this.schema.raw(`delete from user_statuses where code = 'deleted'`)
    this.schema.raw('alter table users drop column blocked_until, drop column status_reason')
  }
}
