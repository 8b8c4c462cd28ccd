import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Attributes grow up (F3): lists of values, references, words in both languages, a place on the card, an index each. What an
 * administrator adds to the registry changes its stamp, by which other processes notice.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      alter table attributes
        add column label_en text collate "ru-x-icu",
        add column hint text,
        add column hint_en text,
        add column choices text,
        add column target text,
        add column relation text,
        add column required boolean not null default false,
        add column personal boolean not null default false,
        add column place text not null default 'bottom' check (place in ('top', 'bottom', 'none')),
        add column position integer not null default 0,
        add column indexed_at timestamptz,
        add column column_name text,
        add column tells_apart boolean not null default false,
        add check ((type = 'choice') = (choices is not null)),
        add check ((type = 'reference') = (target is not null)),
        add check (target is null or relation is not null)
    `)
    this.schema.raw('update attributes set position = id')
    this.schema.raw('create index attributes_object_index on attributes (object, position, id)')
    this.schema.raw('create unique index attributes_relation_unique on attributes (target, relation)')

    this.schema.raw(`
      create table registry_stamp (
        one boolean primary key default true check (one),
        stamp uuid not null
      )
    `)

    /**
     * Days and moments in jsonb are written by us, in ISO 8601, whose reading depends on no setting: so it may be called immutable,
     * and an index may hold it.
     */
    for (const [name, type] of [['attribute_date', 'date'], ['attribute_moment', 'timestamptz']]) {
      this.schema.raw(`
        create function ${name}(written text) returns ${type} language sql immutable strict parallel safe
        as $$ select written::${type} $$
      `)
    }
  }

  async down() {
    this.schema.raw('drop function attribute_date(text), attribute_moment(text)')
    this.schema.raw('drop table registry_stamp')
    this.schema.raw('drop index attributes_object_index, attributes_relation_unique')
    this.schema.raw(`
      alter table attributes
        drop column label_en, drop column hint, drop column hint_en, drop column choices, drop column target,
        drop column relation, drop column required, drop column personal, drop column place, drop column position,
        drop column indexed_at, drop column column_name, drop column tells_apart
    `)
  }
}
