import { BaseSchema } from '@adonisjs/lucid/schema'

/** A campaign may ask for a full name at registration (F28), and says which contact is the main one where it asks for both (F27). */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      alter table campaigns
        add column needs_name boolean not null default false,
        add column main_contact text not null default 'phone' check (main_contact in ('phone', 'email'))
    `)
  }

  async down() {
    this.schema.raw('alter table campaigns drop column needs_name, drop column main_contact')
  }
}
