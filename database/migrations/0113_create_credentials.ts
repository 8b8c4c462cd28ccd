import { BaseSchema } from '@adonisjs/lucid/schema'

/** How staff prove who they are: links by mail, the second step of signing in, and the places where they are signed in. */
export default class extends BaseSchema {
  async up() {
    /** Somebody who is invited has no password yet. */
    this.schema.raw('alter table staff alter column password drop not null')
    this.#createLinks()
    this.#createSecondFactors()
    this.#createSessions()
  }

  async down() {
    this.schema.raw('drop table staff_sessions, staff_recovery_codes, staff_second_factors, staff_links')
    this.schema.raw('drop trigger staff_end_links on staff')
    this.schema.raw('drop function end_links, end_sessions_of_one_step')
    this.schema.raw(`delete from staff where password is null`)
    this.schema.raw('alter table staff alter column password set not null')
  }

  /**
   * One live link of a kind for each person: a new one takes the place of the old. A link dies with what it was sent for, whoever
   * changes that, so it is done here and not in a verb.
   */
  #createLinks() {
    this.schema.raw(`
      create table staff_links (
        id bigint generated always as identity primary key,
        staff_id bigint not null references staff on delete cascade,
        kind text not null check (kind in ('invitation', 'restore')),
        hash bytea not null unique check (octet_length(hash) = 32),
        expires_at timestamptz not null,
        created_at timestamptz not null default now(),
        unique (staff_id, kind)
      )
    `)
    this.schema.raw(`
      create function end_links() returns trigger language plpgsql as $$
      begin
        if (new.password, new.email, new.active) is distinct from (old.password, old.email, old.active) then
          delete from staff_links where staff_id = new.id;
        end if;
        return null;
      end $$
    `)
    this.schema.raw('create trigger staff_end_links after update on staff for each row execute function end_links()')
  }

  /** A session that was opened with fewer or other proofs than are asked now is dead. */
  #createSecondFactors() {
    this.schema.raw(`
      create table staff_second_factors (
        staff_id bigint primary key references staff on delete cascade,
        secret text not null,
        last_step bigint not null,
        created_at timestamptz not null default now()
      )
    `)
    this.schema.raw(`
      create table staff_recovery_codes (
        hash bytea primary key check (octet_length(hash) = 32),
        staff_id bigint not null references staff_second_factors on delete cascade
      )
    `)
    this.schema.raw('create index staff_recovery_codes_staff_id_index on staff_recovery_codes (staff_id)')
    this.schema.raw(`
      create function end_sessions_of_one_step() returns trigger language plpgsql as $$
      begin
        update staff set session_version = session_version + 1 where id = coalesce(new.staff_id, old.staff_id);
        return null;
      end $$
    `)
    this.schema.raw(`
      create trigger staff_second_factors_end_sessions after insert or delete on staff_second_factors
      for each row execute function end_sessions_of_one_step()
    `)
  }

  /** Unlogged like the sessions themselves: after a crash of the server both begin anew. */
  #createSessions() {
    this.schema.raw(`
      create unlogged table staff_sessions (
        id bigint generated always as identity primary key,
        staff_id bigint not null references staff on delete cascade,
        version integer not null,
        address text not null,
        agent text not null,
        created_at timestamptz not null default now(),
        last_seen_at timestamptz not null default now()
      )
    `)
    this.schema.raw('create index staff_sessions_staff_id_index on staff_sessions (staff_id, last_seen_at)')
  }
}
