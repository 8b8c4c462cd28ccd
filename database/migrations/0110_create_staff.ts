import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table staff (
        id bigint generated always as identity primary key,
        email text not null,
        name text collate "ru-x-icu" not null,
        password text not null,
        role text not null,
        locale text not null default 'ru',
        theme text not null default 'system',
        timezone text not null default 'Europe/Moscow',
        active boolean not null default true,
        session_version integer not null default 1,
        credentials_changed_at timestamptz not null default now(),
        last_seen_at timestamptz,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        constraint staff_email_key unique (email),
        constraint staff_email_check check (email = lower(email)),
        constraint staff_role_check check (role in ('administrator', 'marketer', 'viewer')),
        constraint staff_locale_check check (locale in ('ru', 'en')),
        constraint staff_theme_check check (theme in ('system', 'light', 'dark')),
        constraint staff_password_check check (password like '$argon2id$%')
      )
    `)
    this.schema.raw('create index staff_name_index on staff (name, id)')
    this.schema.raw('create index staff_role_index on staff (role, id)')
    this.schema.raw('create index staff_last_seen_at_index on staff (last_seen_at, id)')
    this.schema.raw('create index staff_created_at_index on staff (created_at, id)')
    this.#endSessionsOfChangedCredentials()
    this.#createAuditLog()
  }

  async down() {
    this.schema.raw('drop table audit_log')
    this.schema.raw('drop function refuse_change')
    this.schema.raw('drop table staff')
    this.schema.raw('drop function end_sessions')
  }

  /** Here and not in a verb, so that no way of changing them (page, command, hand) leaves an old session alive. */
  #endSessionsOfChangedCredentials() {
    this.schema.raw(`
      create function end_sessions() returns trigger language plpgsql as $$
      begin
        if (new.password, new.role, new.active) is distinct from (old.password, old.role, old.active) then
          new.session_version := old.session_version + 1;
        end if;
        if new.password is distinct from old.password then
          new.credentials_changed_at := now();
        end if;
        return new;
      end $$
    `)
    this.schema.raw(`
      create trigger staff_end_sessions before update on staff
      for each row execute function end_sessions()
    `)
  }

  /**
   * A trigger and not revoked rights: the application owns its tables, and an owner is refused nothing by grants. It answers with
   * the same SQLSTATE as missing rights would.
   */
  #createAuditLog() {
    this.schema.raw(`
      create table audit_log (
        id bigint generated always as identity primary key,
        staff_id bigint references staff (id),
        action text not null,
        object text not null,
        record_id bigint,
        changes jsonb not null default '{}',
        ip text,
        trace text,
        created_at timestamptz not null default now()
      )
    `)
    this.schema.raw('create index audit_log_staff_id_index on audit_log (staff_id, id)')
    this.schema.raw('create index audit_log_action_index on audit_log (action, id)')
    this.schema.raw('create index audit_log_object_index on audit_log (object, record_id, id)')
    this.schema.raw('create index audit_log_created_at_index on audit_log (created_at, id)')
    this.schema.raw(`
      create function refuse_change() returns trigger language plpgsql as $$
      begin
        raise exception 'rows of % are only ever added', tg_table_name using errcode = 'insufficient_privilege';
      end $$
    `)
    this.schema.raw(`
      create trigger audit_log_append_only before update or delete on audit_log
      for each statement execute function refuse_change()
    `)
  }
}
