import { BaseSchema } from '@adonisjs/lucid/schema'

/** Customers that may be one person (F27), and the journal of who was merged into whom, with all that it takes to part them again. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table user_duplicates (
        id bigint generated always as identity primary key,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        user_id bigint not null references users on delete cascade,
        other_id bigint not null references users on delete cascade,
        reason text not null check (reason in ('phone', 'email', 'card', 'name', 'by_hand')),
        state text not null default 'open' check (state in ('open', 'dismissed', 'merged')),
        staff_id bigint,
        unique (user_id, other_id),
        check (user_id < other_id)
      )
    `)
    this.schema.raw('create index user_duplicates_other_id_index on user_duplicates (other_id)')
    this.schema.raw('create index user_duplicates_created_at_index on user_duplicates (created_at, id)')
    this.schema.raw(`create index user_duplicates_open_index on user_duplicates (id) where state = 'open'`)
    /** What the search for them groups by. */
    this.schema.raw(`
      create index users_same_name_index on users (lower(surname), lower(given_name), birth_date)
        where deleted_at is null and surname is not null and given_name is not null and birth_date is not null
    `)

    this.schema.raw(`
      create table user_merges (
        id bigint generated always as identity primary key,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        user_id bigint not null references users,
        merged_id bigint not null references users,
        staff_id bigint,
        moved jsonb not null,
        undone_at timestamptz,
        undone_by bigint,
        check (user_id <> merged_id)
      )
    `)
    for (const column of ['user_id', 'merged_id', 'created_at']) {
      this.schema.raw(`create index user_merges_${column}_index on user_merges (${column}, id)`)
    }
    /** Who is merged already is merged into nobody else. */
    this.schema.raw('create unique index user_merges_in_force on user_merges (merged_id) where undone_at is null')
  }

  async down() {
    this.schema.raw('drop table user_merges, user_duplicates')
    this.schema.raw('drop index users_same_name_index')
  }
}
