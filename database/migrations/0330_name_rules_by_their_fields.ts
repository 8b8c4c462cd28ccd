import { BaseSchema } from '@adonisjs/lucid/schema'

/** A rule of two columns names neither by itself; by its name the one is known where the refusal is told. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('alter table categories rename constraint categories_check to categories_parent_id_not_itself')
    this.schema.raw('alter table mail_providers rename constraint mail_providers_check to mail_providers_host_by_kind')
  }

  async down() {
    this.schema.raw('alter table mail_providers rename constraint mail_providers_host_by_kind to mail_providers_check')
    this.schema.raw('alter table categories rename constraint categories_parent_id_not_itself to categories_check')
  }
}
