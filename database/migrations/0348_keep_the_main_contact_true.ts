import { BaseSchema } from '@adonisjs/lucid/schema'

/** Where a campaign asks for one contact only, that one is the main contact (F27). */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      update campaigns set main_contact = case when needs_email then 'email' else 'phone' end where not (needs_phone and needs_email)
    `)
    this.schema.raw(`
      alter table campaigns add constraint campaigns_main_contact_is_asked
        check (case main_contact when 'phone' then needs_phone or not needs_email else needs_email end)
    `)
  }

  async down() {
    this.schema.raw('alter table campaigns drop constraint campaigns_main_contact_is_asked')
  }
}
