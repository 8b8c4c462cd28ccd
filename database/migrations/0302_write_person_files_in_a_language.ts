import { BaseSchema } from '@adonisjs/lucid/schema'

/** In which language somebody is given what is kept of them; their own where nothing is said. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`alter table privacy_requests add column locale text check (locale in ('ru', 'en'))`)
  }

  async down() {
    this.schema.raw('alter table privacy_requests drop column locale')
  }
}
