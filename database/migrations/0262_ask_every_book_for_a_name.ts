import { BaseSchema } from '@adonisjs/lucid/schema'

const books = [
  'user_types', 'user_statuses', 'genders', 'channels', 'unsubscribe_categories', 'sources', 'coupon_types', 'event_types',
]

/** Two names that are null are no name either: `null <> ''` is neither true nor false, and a check lets that pass. */
export default class extends BaseSchema {
  async up() {
    for (const book of books) {
      this.schema.raw(`update ${book} set name_ru = code where coalesce(name_ru, '') = '' and coalesce(name_en, '') = ''`)
      this.#ask(book, `coalesce(name_ru, '') <> '' or coalesce(name_en, '') <> ''`)
    }
  }

  async down() {
    for (const book of books) this.#ask(book, `name_ru <> '' or name_en <> ''`)
  }

  #ask(book: string, name: string) {
    this.schema.raw(`
      alter table ${book} drop constraint ${book}_name_ru_or_en, add constraint ${book}_name_ru_or_en check (${name})
    `)
  }
}
