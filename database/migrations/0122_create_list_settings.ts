import { BaseSchema } from '@adonisjs/lucid/schema'

/** How a person likes the list of an object; the row without a person is what everybody gets who has said nothing. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table list_settings (
        id bigint generated always as identity primary key,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        staff_id bigint references staff on delete cascade,
        object text not null,
        columns jsonb check (jsonb_typeof(columns) = 'array'),
        size integer,
        dense boolean,
        unique nulls not distinct (staff_id, object)
      )
    `)
  }

  async down() {
    this.schema.raw('drop table list_settings')
  }
}
