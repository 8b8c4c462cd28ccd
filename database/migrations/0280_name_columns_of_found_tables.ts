import { BaseSchema } from '@adonisjs/lucid/schema'

/** A field of a found table says which column it shows, so that the view may be drawn anew with further ones. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('alter table attributes add column source_column text')
  }

  async down() {
    this.schema.raw('alter table attributes drop column source_column')
  }
}
