import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Tables that an administrator registers (F3). Those made in the back office lie in the schema `custom`; of one that was in the
 * database already, `custom` holds a view. Their fields are rows of `attributes`.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('create schema if not exists custom')
    this.schema.raw(`
      create table custom_tables (
        id bigint generated always as identity primary key,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        name text not null unique check (name ~ '^custom_[a-z][a-z0-9_]{0,49}$'),
        path text not null unique check (path ~ '^[a-z][a-z0-9-]{0,39}$'),
        table_name text not null unique check (table_name ~ '^[a-z][a-z0-9_]{0,49}$'),
        origin text not null check (origin in ('made', 'found')),
        one text collate "ru-x-icu" not null,
        many text collate "ru-x-icu" not null,
        one_en text collate "ru-x-icu",
        many_en text collate "ru-x-icu",
        menu_group text not null default 'database',
        title_field text,
        editable boolean not null default true,
        source_schema text,
        source_table text,
        key_column text,
        check ((origin = 'found') = (source_table is not null and source_schema is not null and key_column is not null))
      )
    `)
    /** A field of a found table that is computed from a column is shown and not written. */
    this.schema.raw('alter table attributes add column computed boolean not null default false')
    /** What migrations made, so that nobody registers a table of the product itself as one of their own. */
    this.schema.raw('create table own_relations (name text primary key)')
    this.schema.raw('create index custom_tables_many_index on custom_tables (many, id)')
    this.schema.raw('create index custom_tables_created_at_index on custom_tables (created_at, id)')
  }

  async down() {
    this.schema.raw('drop table custom_tables, own_relations')
    this.schema.raw('alter table attributes drop column computed')
    this.schema.raw('drop schema custom cascade')
  }
}
