import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * The moment an identifier was entered at last decides which of its type is active (F26); who a merged customer is now (F27); the
 * country whose phones are typed without a code.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('alter table user_identifiers add column entered_at timestamptz')
    this.schema.raw('update user_identifiers set entered_at = created_at')
    this.schema.raw('alter table user_identifiers alter entered_at set default clock_timestamp(), alter entered_at set not null')

    this.schema.raw('alter table users add column merged_into_id bigint references users')
    this.schema.raw('create index users_merged_into_id_index on users (merged_into_id) where merged_into_id is not null')
    this.schema.raw(`
      create table user_aliases (
        user_id bigint primary key references users on delete cascade,
        canonical_id bigint not null references users,
        created_at timestamptz not null default now(),
        check (user_id <> canonical_id)
      )
    `)
    this.schema.raw('create index user_aliases_canonical_id_index on user_aliases (canonical_id, user_id)')

    this.schema.raw(`alter table settings add column phone_region text not null default 'RU' check (phone_region ~ '^[A-Z]{2}$')`)
  }

  async down() {
    this.schema.raw('alter table settings drop column phone_region')
    this.schema.raw('drop table user_aliases')
    this.schema.raw('alter table users drop column merged_into_id')
    this.schema.raw('alter table user_identifiers drop column entered_at')
  }
}
