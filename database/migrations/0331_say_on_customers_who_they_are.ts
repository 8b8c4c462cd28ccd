import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Who a merged customer is today stands with the customer, and one index answers in both directions: filters then join facts with people
 * once, merged or not, in any order that the planner likes. `user_aliases` is the same, of merged ones alone.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('alter table users add column canonical_id bigint references users, add check (canonical_id <> id)')
    this.schema.raw('update users u set canonical_id = a.canonical_id from user_aliases a where a.user_id = u.id')
    this.schema.raw('drop table user_aliases')
    this.schema.raw('create view user_aliases as select id as user_id, canonical_id, deleted_at as created_at from users where canonical_id is not null')
    this.schema.raw('create index users_canonical_id_index on users (canonical_id, id) where canonical_id is not null')
    this.schema.raw('create index users_person_index on users (coalesce(canonical_id, id)) include (id, canonical_id)')
    this.schema.raw('analyze users')
  }

  async down() {
    this.schema.raw('drop view user_aliases')
    this.schema.raw(`
      create table user_aliases (
        user_id bigint primary key references users on delete cascade,
        canonical_id bigint not null references users,
        created_at timestamptz not null default now(),
        check (user_id <> canonical_id)
      )
    `)
    this.schema.raw('create index user_aliases_canonical_id_index on user_aliases (canonical_id, user_id)')
    this.schema.raw('insert into user_aliases (user_id, canonical_id, created_at) select id, canonical_id, deleted_at from users where canonical_id is not null')
    this.schema.raw('alter table users drop column canonical_id')
  }
}
