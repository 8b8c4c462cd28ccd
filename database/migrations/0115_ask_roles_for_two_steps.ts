import { BaseSchema } from '@adonisjs/lucid/schema'

/** Whose people must sign in in two steps. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('alter table roles add column two_steps boolean not null default false')
  }

  async down() {
    this.schema.raw('alter table roles drop column two_steps')
  }
}
