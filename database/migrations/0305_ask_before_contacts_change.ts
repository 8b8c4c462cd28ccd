import { BaseSchema } from '@adonisjs/lucid/schema'

/** A campaign may have staff decide on contacts that customers enter themselves (F33). */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('alter table campaigns add column approves_contacts boolean not null default false')
    this.schema.raw(`
      create table identifier_requests (
        id bigint generated always as identity primary key,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        user_id bigint not null references users on delete cascade,
        type text not null,
        value text,
        former text,
        comment text,
        state text not null default 'open' check (state in ('open', 'approved', 'declined', 'withdrawn')),
        answer text,
        source_id bigint references sources,
        decided_by_id bigint references staff,
        decided_at timestamptz,
        constraint identifier_requests_value_while_open check (state <> 'open' or value is not null),
        constraint identifier_requests_answer_by_state check (state <> 'declined' or answer <> '')
      )
    `)
    for (const column of ['created_at', 'user_id', 'source_id', 'decided_by_id']) {
      this.schema.raw(`create index identifier_requests_${column}_index on identifier_requests (${column}, id)`)
    }
    /** Whoever enters another one means that one. */
    this.schema.raw(`
      create unique index identifier_requests_one_open on identifier_requests (user_id, type) where state = 'open'
    `)
  }

  async down() {
    this.schema.raw('drop table identifier_requests')
    this.schema.raw('alter table campaigns drop column approves_contacts')
  }
}
