import { BaseSchema } from '@adonisjs/lucid/schema'

/** Whoever was erased stays so (F39): no form, file or other system writes anything of a person under the number that is left of them. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      update users set surname = null, given_name = null, middle_name = null, birth_date = null, gender_id = null, external_id = null,
        attributes = '{}', personal_data_agree = false, communication_agree = false
      where erased_at is not null
    `)
    this.schema.raw(`
      alter table users add constraint users_surname_and_all_else_of_erased check (
        erased_at is null
        or num_nonnulls(surname, given_name, middle_name, birth_date, gender_id, external_id) = 0
          and attributes = '{}' and not personal_data_agree and not communication_agree
      )
    `)
  }

  async down() {
    this.schema.raw('alter table users drop constraint users_surname_and_all_else_of_erased')
  }
}
