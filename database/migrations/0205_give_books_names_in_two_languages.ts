import { BaseSchema } from '@adonisjs/lucid/schema'

const books = ['user_types', 'user_statuses', 'genders', 'channels', 'unsubscribe_categories']

/** Values that came with the product; those that staff added keep the one name that they have. */
const english: [book: string, code: string, name: string][] = [
  ['user_types', 'standard', 'Standard customer'],
  ['user_types', 'b2b', 'Legal entity'],
  ['user_statuses', 'active', 'Active'],
  ['user_statuses', 'blocked', 'Blocked'],
  ['user_statuses', 'fraud', 'Fraudster'],
  ['genders', 'female', 'Female'],
  ['genders', 'male', 'Male'],
  ['channels', 'email', 'Email'],
  ['channels', 'sms', 'SMS'],
  ['channels', 'push', 'Push'],
  ['unsubscribe_categories', 'news', 'News'],
  ['unsubscribe_categories', 'announcements', 'Announcements'],
  ['unsubscribe_categories', 'digest', 'Digest'],
  ['unsubscribe_categories', 'promotions', 'Promotions'],
]

/** Reference books (F16) get a name in each language, an order that is kept by hand, and values that are offered no more. */
export default class extends BaseSchema {
  async up() {
    for (const book of books) {
      this.schema.raw(`alter table ${book} rename column name to name_ru`)
      this.schema.raw(`alter index ${book}_name_index rename to ${book}_name_ru_index`)
      this.schema.raw(`
        alter table ${book}
          alter column name_ru drop not null,
          add column name_en text collate "ru-x-icu",
          add column position integer,
          add column active boolean not null default true,
          add constraint ${book}_name_ru_or_en check (name_ru <> '' or name_en <> '')
      `)
      this.schema.raw(`
        update ${book} b set position = o.rank from (select id, row_number() over (order by id) as rank from ${book}) o where o.id = b.id
      `)
      this.schema.raw(`alter table ${book} alter column position set not null`)
      this.schema.raw(`create index ${book}_name_en_index on ${book} (name_en, id)`)
      this.schema.raw(`create index ${book}_position_index on ${book} (position, id)`)
    }
    for (const [book, code, name] of english) {
      this.schema.raw(`update ${book} set name_en = '${name}' where code = '${code}'`)
    }
  }

  async down() {
    for (const book of books) {
      this.schema.raw(`update ${book} set name_ru = coalesce(name_ru, name_en)`)
      this.schema.raw(`
        alter table ${book} drop column name_en, drop column position, drop column active, alter column name_ru set not null
      `)
      this.schema.raw(`alter index ${book}_name_ru_index rename to ${book}_name_index`)
      this.schema.raw(`alter table ${book} rename column name_ru to name`)
    }
  }
}
