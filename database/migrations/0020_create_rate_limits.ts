import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table rate_limits (
        key text primary key,
        points integer not null default 0,
        expire bigint
      )
    `)
  }

  async down() {
    this.schema.dropTable('rate_limits')
  }
}
