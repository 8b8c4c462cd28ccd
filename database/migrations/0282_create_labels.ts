import { BaseSchema } from '@adonisjs/lucid/schema'

/** Labels that other systems and staff put on customers, and who has them. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table labels (
        id bigint generated always as identity primary key,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        code text not null unique,
        name_ru text collate "ru-x-icu",
        name_en text collate "ru-x-icu",
        position integer not null,
        active boolean not null default true,
        constraint labels_name_ru_or_en check (name_ru <> '' or name_en <> '')
      )
    `)
    for (const column of ['name_ru', 'name_en', 'position']) {
      this.schema.raw(`create index labels_${column}_index on labels (${column}, id)`)
    }
    this.schema.raw(`
      create table user_labels (
        id bigint generated always as identity,
        user_id bigint not null references users,
        label_id bigint not null references labels,
        created_at timestamptz not null default now(),
        source text not null,
        staff_id bigint,
        primary key (user_id, id),
        unique (user_id, label_id)
      )
    `)
    this.schema.raw('create index user_labels_id_index on user_labels (id)')
    this.schema.raw('create index user_labels_label_id_index on user_labels (label_id, user_id)')
  }

  async down() {
    this.schema.raw('drop table user_labels, labels')
  }
}
