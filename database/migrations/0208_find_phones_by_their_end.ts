import { BaseSchema } from '@adonisjs/lucid/schema'

/** People say the last four digits of a phone. Its trigrams are met by too many numbers, so it is kept from its end. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`create index user_identifiers_reversed_phone on user_identifiers (reverse(value)) where type = 'phone'`)
  }

  async down() {
    this.schema.raw('drop index user_identifiers_reversed_phone')
  }
}
