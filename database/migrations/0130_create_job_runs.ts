import { BaseSchema } from '@adonisjs/lucid/schema'

/** Every run of a job is a row that a person can watch, cancel and try again; its log is read in order. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table job_runs (
        id bigint generated always as identity primary key,
        job text not null,
        title text collate "ru-x-icu" not null,
        subject_object text,
        subject_id bigint,
        payload jsonb not null default '{}',
        state text not null default 'waiting'
          check (state in ('waiting', 'running', 'stopping', 'done', 'failed', 'cancelled')),
        done bigint not null default 0,
        total bigint,
        tries integer not null default 0,
        inline boolean not null default false,
        error text,
        result jsonb,
        staff_id bigint,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        started_at timestamptz,
        resumed_at timestamptz,
        done_when_resumed bigint not null default 0,
        beat_at timestamptz,
        cancel_requested_at timestamptz,
        finished_at timestamptz
      )
    `)
    this.schema.raw('create index job_runs_subject_index on job_runs (subject_object, subject_id, id)')
    this.schema.raw(`
      create index job_runs_unfinished_index on job_runs (id) where state in ('waiting', 'running', 'stopping')
    `)
    for (const column of ['job', 'title', 'state', 'staff_id', 'created_at', 'started_at', 'finished_at']) {
      this.schema.raw(`create index job_runs_${column}_index on job_runs (${column}, id)`)
    }
    this.schema.raw(`
      create table job_log (
        id bigint generated always as identity primary key,
        run_id bigint not null references job_runs on delete cascade,
        at timestamptz not null default clock_timestamp(),
        line text not null
      )
    `)
    this.schema.raw('create index job_log_run_id_index on job_log (run_id, id)')
  }

  async down() {
    this.schema.raw('drop table job_log')
    this.schema.raw('drop table job_runs')
  }
}
