import { BaseSchema } from '@adonisjs/lucid/schema'

/** The public interface: which source and method an event and a change came by, keys of sources, answers that are given twice. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('alter table user_events add column campaign_id bigint, add column method text, add column trace text')
    this.schema.raw('alter table audit_log add column source_id bigint, add column method text')

    /** Only hashes are kept, of the secret and, for the time of a change, of the one before it. */
    this.schema.raw(`
      alter table sources
        add column front_end boolean not null default false,
        add column origins text[] not null default '{}',
        add column key_beginning text,
        add column key_hash bytea check (octet_length(key_hash) = 32),
        add column former_key_hash bytea check (octet_length(former_key_hash) = 32),
        add column former_key_until timestamptz
    `)

    /** One row for a call that may be repeated, taken before its effect and written in the same transaction. */
    this.schema.raw(`
      create table method_answers (
        caller text not null,
        key text not null,
        question bytea not null,
        answer text,
        created_at timestamptz not null default now(),
        primary key (caller, key)
      )
    `)
    this.schema.raw('create index method_answers_created_at_index on method_answers (created_at)')
  }

  async down() {
    this.schema.raw('drop table method_answers')
    this.schema.raw(`
      alter table sources drop column front_end, drop column origins, drop column key_beginning, drop column key_hash,
        drop column former_key_hash, drop column former_key_until
    `)
    this.schema.raw('alter table audit_log drop column source_id, drop column method')
    this.schema.raw('alter table user_events drop column campaign_id, drop column method, drop column trace')
  }
}
