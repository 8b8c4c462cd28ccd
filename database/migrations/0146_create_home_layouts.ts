import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  /** Which widgets of the start page a person sees, and in which order. */
  async up() {
    this.schema.raw(`
      create table home_layouts (
        staff_id bigint primary key references staff on delete cascade,
        placed text[] not null default '{}',
        hidden text[] not null default '{}'
      )
    `)
  }

  async down() {
    this.schema.raw('drop table home_layouts')
  }
}
