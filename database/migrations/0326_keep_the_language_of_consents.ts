import { BaseSchema } from '@adonisjs/lucid/schema'

/** A document has a text in each language, and its hash is of both: the proof also says in which of them the customer was asked. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`alter table consent_log add column locale text check (locale in ('ru', 'en'))`)
  }

  async down() {
    this.schema.raw('alter table consent_log drop column locale')
  }
}
