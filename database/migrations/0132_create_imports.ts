import { BaseSchema } from '@adonisjs/lucid/schema'

/** Imports, the reasons why rows were refused, and a schema for the tables that files are staged in. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table imports (
        id bigint generated always as identity primary key,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        name text collate "ru-x-icu" not null,
        object text not null,
        state text not null default 'draft' check (state in ('draft', 'running', 'done', 'failed', 'cancelled')),
        file_id bigint references files on delete set null,
        reject_file_id bigint references files on delete set null,
        settings jsonb not null,
        trial jsonb,
        lines bigint,
        applied_line bigint not null default 0,
        created_rows bigint not null default 0,
        updated_rows bigint not null default 0,
        unchanged_rows bigint not null default 0,
        rejected_rows bigint not null default 0,
        staff_id bigint,
        started_at timestamptz,
        finished_at timestamptz
      )
    `)
    for (const column of ['name', 'object', 'state', 'created_at', 'finished_at', 'staff_id']) {
      this.schema.raw(`create index imports_${column}_index on imports (${column}, id)`)
    }
    this.schema.raw('create index imports_file_id_index on imports (file_id)')
    this.schema.raw('create index imports_reject_file_id_index on imports (reject_file_id)')
    this.schema.raw(`
      create table import_rejects (
        import_id bigint not null references imports on delete cascade,
        line bigint not null,
        reasons jsonb not null,
        primary key (import_id, line)
      )
    `)
    this.schema.raw('create schema if not exists imports')
  }

  async down() {
    this.schema.raw('drop schema imports cascade')
    this.schema.raw('drop table import_rejects, imports')
  }
}
