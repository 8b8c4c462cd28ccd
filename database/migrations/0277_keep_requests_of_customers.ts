import { BaseSchema } from '@adonisjs/lucid/schema'

/** What customers may ask of their data (F39): to have it erased, to be given a copy. Each has a due date; an erasure leaves an act. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create function working_days_after(start date, days integer) returns date language sql immutable as $$
        select max(day) from (
          select day::date from generate_series(start + 1, start + days * 2 + 4, interval '1 day') day
          where extract(isodow from day) < 6 order by day limit days
        ) counted
      $$
    `)
    this.schema.raw(`
      create table privacy_requests (
        id bigint generated always as identity primary key,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        user_id bigint not null,
        kind text not null check (kind in ('erasure', 'export')),
        state text not null default 'open' check (state in ('open', 'running', 'done', 'refused')),
        reason text not null check (reason <> ''),
        source text not null,
        due_on date not null default working_days_after(current_date, 10),
        answer text,
        staff_id bigint references staff,
        done_by_id bigint references staff,
        done_at timestamptz,
        run_id bigint,
        file_id bigint references files on delete set null,
        constraint privacy_requests_answer_by_state check (state <> 'refused' or answer <> '')
      )
    `)
    for (const column of ['created_at', 'due_on', 'user_id']) {
      this.schema.raw(`create index privacy_requests_${column}_index on privacy_requests (${column}, id)`)
    }
    /** One open request of a kind is enough. */
    this.schema.raw(`
      create unique index privacy_requests_one_open on privacy_requests (user_id, kind) where state in ('open', 'running')
    `)

    /** What an erasure destroyed, told without what it was; kept three years (order 179 of Roskomnadzor). */
    this.schema.raw(`
      create table erasure_acts (
        id bigint generated always as identity primary key,
        created_at timestamptz not null default now(),
        request_id bigint not null unique references privacy_requests,
        user_id bigint not null,
        number text not null unique,
        reason text not null,
        destroyed jsonb not null,
        extract jsonb not null,
        staff_id bigint references staff,
        keep_until date not null default (current_date + interval '3 years')
      )
    `)
    this.schema.raw('create index erasure_acts_user_id_index on erasure_acts (user_id, id)')
    this.schema.raw(`
      create trigger erasure_acts_are_append_only before update on erasure_acts for each statement execute function refuse_change()
    `)

    /** Keyed hashes of the identifiers of erased people: whoever comes again with one is asked anew. */
    this.schema.raw(`
      create table erased_identifiers (
        hash text primary key,
        type text not null,
        user_id bigint not null,
        created_at timestamptz not null default now()
      )
    `)
    this.schema.raw('create index erased_identifiers_user_id_index on erased_identifiers (user_id)')
    this.schema.raw('alter table users add column erased_at timestamptz')
  }

  async down() {
    this.schema.raw('alter table users drop column erased_at')
    this.schema.raw('drop table erased_identifiers, erasure_acts, privacy_requests')
    this.schema.raw('drop function working_days_after')
  }
}
