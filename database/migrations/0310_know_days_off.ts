import { BaseSchema } from '@adonisjs/lucid/schema'

/** Public holidays, and weekends that are worked: due dates count working days (F39). */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table days_off (
        id bigint generated always as identity primary key,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        day date not null unique,
        name text collate "ru-x-icu",
        kind text not null default 'off' check (kind in ('off', 'working'))
      )
    `)
    /** Looked through far enough for the longest holidays that there are. */
    this.schema.raw(`
      create or replace function working_days_after(start date, days integer) returns date language sql stable as $$
        select max(day) from (
          select every.day::date from generate_series(start + 1, start + days * 3 + 60, interval '1 day') every (day)
          left join days_off d on d.day = every.day::date
          where case d.kind when 'off' then false when 'working' then true else extract(isodow from every.day) < 6 end
          order by every.day limit days
        ) counted
      $$
    `)
  }

  async down() {
    this.schema.raw(`
      create or replace function working_days_after(start date, days integer) returns date language sql immutable as $$
        select max(day) from (
          select day::date from generate_series(start + 1, start + days * 2 + 4, interval '1 day') day
          where extract(isodow from day) < 6 order by day limit days
        ) counted
      $$
    `)
    this.schema.raw('drop table days_off')
  }
}
