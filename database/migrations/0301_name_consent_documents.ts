import { BaseSchema } from '@adonisjs/lucid/schema'

/** What a document is called, in both languages. The text stays sealed as it was published. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('alter table consent_documents add column name_ru text collate "ru-x-icu", add column name_en text collate "ru-x-icu"')
    this.schema.raw('alter table consent_documents disable trigger consent_documents_are_sealed')
    this.schema.raw(`
      update consent_documents d set name_ru = named.ru, name_en = named.en
      from (values
        ('personal_data', 'Согласие на обработку персональных данных', 'Consent to the processing of personal data'),
        ('communication', 'Согласие на рекламные рассылки', 'Consent to advertising'),
        ('campaign', 'Правила кампании', 'Rules of the campaign')
      ) named (kind, ru, en) where named.kind = d.kind
    `)
    this.schema.raw('alter table consent_documents enable trigger consent_documents_are_sealed')
    this.schema.raw(`alter table consent_documents add constraint consent_documents_name_ru_or_en check (name_ru <> '' or name_en <> '')`)
  }

  async down() {
    this.schema.raw('alter table consent_documents drop column name_ru, drop column name_en')
  }
}
