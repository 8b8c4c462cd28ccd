import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Everything that happened to customers, one row a signal. By month, with one key that is deduplication, timeline and
 * distribution at once; `user_events_rest` keeps what no month's partition takes.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table user_events (
        id bigint generated always as identity,
        user_id bigint not null,
        occurred_at timestamptz not null,
        event_key uuid not null,
        signal text not null,
        source text,
        payload jsonb not null default '{}',
        created_at timestamptz not null default now(),
        primary key (user_id, occurred_at, event_key)
      ) partition by range (occurred_at)
    `)
    this.schema.raw('create table user_events_rest partition of user_events default')
    this.schema.raw(`
      create function prepare_user_event_months(from_month date, months integer) returns void language plpgsql as $$
      declare
        starts date;
        named text;
      begin
        for ahead in 0 .. months - 1 loop
          starts := date_trunc('month', from_month) + make_interval(months => ahead);
          named := 'user_events_' || to_char(starts, 'YYYY_MM');
          if to_regclass(named) is null then
            execute format(
              'create table %I partition of user_events for values from (%L) to (%L)',
              named, starts, starts + interval '1 month'
            );
          end if;
        end loop;
      end $$
    `)
    this.schema.raw('select prepare_user_event_months(current_date, 12)')
  }

  async down() {
    this.schema.raw('drop table user_events')
    this.schema.raw('drop function prepare_user_event_months')
  }
}
