import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    /** Saved filters (F14): private to their owner or shared with everybody. */
    this.schema.raw(`
      create table folders (
        id bigint generated always as identity primary key,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        staff_id bigint not null references staff on delete cascade,
        object text not null,
        name text collate "ru-x-icu" not null check (name <> ''),
        filter jsonb not null,
        shared boolean not null default false
      )
    `)
    this.schema.raw('create unique index folders_name_unique on folders (staff_id, object, lower(name))')
    this.schema.raw('create index folders_object_index on folders (object, name, id)')

    /** Filters too long for an address, by the hash of their text: `?filter=~hash`. */
    this.schema.raw(`
      create table stored_filters (
        hash text primary key,
        created_at timestamptz not null default now(),
        object text not null,
        filter jsonb not null
      )
    `)
  }

  async down() {
    this.schema.raw('drop table stored_filters')
    this.schema.raw('drop table folders')
  }
}
