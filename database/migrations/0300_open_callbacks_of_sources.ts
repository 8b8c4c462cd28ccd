import { BaseSchema } from '@adonisjs/lucid/schema'

/** From which the secrets of a source's callbacks follow, encrypted; and for the time of a change the one before it. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      alter table sources
        add column callback_secret text,
        add column former_callback_secret text,
        add column former_callback_until timestamptz
    `)
  }

  async down() {
    this.schema.raw('alter table sources drop column callback_secret, drop column former_callback_secret, drop column former_callback_until')
  }
}
