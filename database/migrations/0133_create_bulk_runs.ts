import { BaseSchema } from '@adonisjs/lucid/schema'

/** One action on many rows, and the rows that it was meant for: chosen once, whatever happens to the list meanwhile. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table bulk_runs (
        id bigint generated always as identity primary key,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        staff_id bigint not null references staff,
        object text not null,
        action text not null,
        change jsonb,
        selection jsonb not null,
        words text not null,
        run_id bigint references job_runs on delete set null,
        state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
        frozen_at timestamptz,
        reached bigint not null default 0,
        total bigint not null default 0,
        done bigint not null default 0,
        same bigint not null default 0,
        skipped bigint not null default 0
      )
    `)
    this.schema.raw('create index bulk_runs_staff_id_index on bulk_runs (staff_id, id)')
    this.schema.raw('create index bulk_runs_run_id_index on bulk_runs (run_id)')
    /** No outcome: not reached yet. */
    this.schema.raw(`
      create table bulk_rows (
        bulk_id bigint not null references bulk_runs on delete cascade,
        row_id bigint not null,
        outcome text check (outcome in ('done', 'same', 'skipped')),
        reason text,
        primary key (bulk_id, row_id)
      )
    `)
    this.schema.raw(`create index bulk_rows_skipped_index on bulk_rows (bulk_id, row_id) where outcome = 'skipped'`)
  }

  async down() {
    this.schema.raw('drop table bulk_rows')
    this.schema.raw('drop table bulk_runs')
  }
}
