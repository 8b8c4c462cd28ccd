import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    /** What a person opened last; the search offers it before anything is typed. */
    this.schema.raw(`
      create table recent_records (
        staff_id bigint not null references staff on delete cascade,
        object text not null,
        record_id bigint not null,
        opened_at timestamptz not null default now(),
        primary key (staff_id, object, record_id)
      )
    `)
    this.schema.raw('create index recent_records_opened_at_index on recent_records (staff_id, opened_at)')

    /** Keys of one character are a trap for those who speak to their machine (WCAG 2.1.4): each person may turn them off. */
    this.schema.raw('alter table staff add column keyboard boolean not null default true')
  }

  async down() {
    this.schema.raw('alter table staff drop column keyboard')
    this.schema.raw('drop table recent_records')
  }
}
