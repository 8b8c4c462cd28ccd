import { BaseSchema } from '@adonisjs/lucid/schema'

/** Fields that an administrator adds to objects while the product runs (F3); their values lie in `attributes jsonb`. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table attributes (
        id bigint generated always as identity primary key,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        object text not null,
        name text not null check (name ~ '^[a-z][A-Za-z0-9]{0,39}$'),
        label text collate "ru-x-icu" not null,
        type text not null,
        unique (object, name)
      )
    `)
    this.schema.raw('create index attributes_label_index on attributes (label, id)')
  }

  async down() {
    this.schema.raw('drop table attributes')
  }
}
