import { BaseSchema } from '@adonisjs/lucid/schema'

/** Files of lists that somebody asked for. The row stays when the file is gone: it says who took what out, and why. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table exports (
        id bigint generated always as identity primary key,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        staff_id bigint not null references staff,
        object text not null,
        view jsonb not null,
        words text not null,
        reason text,
        personal boolean not null,
        state text not null default 'waiting'
          check (state in ('waiting', 'running', 'done', 'failed', 'cancelled', 'expired')),
        rows bigint,
        file_id bigint references files on delete set null,
        run_id bigint references job_runs on delete set null,
        expires_at timestamptz,
        check (not personal or reason <> '')
      )
    `)
    this.schema.raw('create index exports_staff_id_index on exports (staff_id, id)')
    this.schema.raw('create index exports_file_id_index on exports (file_id)')
    this.schema.raw('create index exports_run_id_index on exports (run_id)')
    this.schema.raw(`create index exports_expires_at_index on exports (expires_at) where state = 'done'`)
  }

  async down() {
    this.schema.raw('drop table exports')
  }
}
