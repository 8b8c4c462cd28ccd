import { BaseSchema } from '@adonisjs/lucid/schema'

/** Passwords and sessions of customers (F28, F30), and what a campaign asks of both and lets customers change themselves (F33). */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table user_passwords (
        user_id bigint primary key references users on delete cascade,
        hash text not null,
        -- of a SHA-256 that came from an old system, and is made anew at the first sign-in
        wraps_sha256 boolean not null default false,
        changed_at timestamptz not null default now()
      )
    `)

    /** Only hashes of tokens are kept. A session is of one source; it ends when nobody came for a time, or after the whole of its days. */
    this.schema.raw(`
      create table user_sessions (
        id bigint generated always as identity primary key,
        user_id bigint not null references users on delete cascade,
        source_id bigint not null references sources,
        created_at timestamptz not null default now(),
        hash bytea not null unique check (octet_length(hash) = 32),
        method text not null,
        address text not null,
        agent text not null,
        last_seen_at timestamptz not null default now(),
        idle_days integer not null,
        expires_at timestamptz not null
      )
    `)
    this.schema.raw('create index user_sessions_user_id_index on user_sessions (user_id, id)')
    this.schema.raw('create index user_sessions_source_id_index on user_sessions (source_id, id)')
    this.schema.raw('create index user_sessions_expires_at_index on user_sessions (expires_at)')

    /** Whoever changes them, and by whatever way: with a password, and with who may be served, all sessions end at once (S-04). */
    this.schema.raw(`
      create function end_user_sessions() returns trigger language plpgsql as $$
      begin
        delete from user_sessions where user_id = case when tg_table_name = 'users' then (to_jsonb(new) ->> 'id')::bigint
          else (to_jsonb(coalesce(new, old)) ->> 'user_id')::bigint end;
        return null;
      end $$
    `)
    this.schema.raw(`
      create trigger user_passwords_end_sessions after insert or update of changed_at or delete on user_passwords
        for each row execute function end_user_sessions()
    `)
    this.schema.raw(`
      create trigger users_end_sessions after update of status_id, deleted_at, merged_into_id on users for each row
        when (new.deleted_at is not null and old.deleted_at is null or new.merged_into_id is distinct from old.merged_into_id
          or new.status_id is distinct from old.status_id)
        execute function end_user_sessions()
    `)

    this.schema.raw(`
      alter table campaigns
        add column session_days integer not null default 365 check (session_days between 1 and 3650),
        add column session_idle_days integer not null default 30 check (session_idle_days between 1 and 3650),
        add column password_length integer not null default 8 check (password_length between 6 and 64),
        add column edits_name boolean not null default true,
        add column edits_birth_date boolean not null default true,
        add column edits_gender boolean not null default true,
        add column edits_contacts boolean not null default true,
        add column open_fields text
    `)
  }

  async down() {
    this.schema.raw(`
      alter table campaigns drop column session_days, drop column session_idle_days, drop column password_length,
        drop column edits_name, drop column edits_birth_date, drop column edits_gender, drop column edits_contacts,
        drop column open_fields
    `)
    this.schema.raw('drop trigger users_end_sessions on users')
    this.schema.raw('drop table user_sessions, user_passwords')
    this.schema.raw('drop function end_user_sessions')
  }
}
