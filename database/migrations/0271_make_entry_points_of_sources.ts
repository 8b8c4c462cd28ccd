import { BaseSchema } from '@adonisjs/lucid/schema'

/** What a source is, and whose pages may call it; as text that people write, which is what is asked for. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`alter table sources add column kind text not null default 'site', add column sites text`)
    this.schema.raw(`
      update sources set kind = known.kind from (values
        ('app', 'app'), ('till', 'internal'), ('form', 'internal'), ('partner', 'partner'), ('mailing', 'mailing'), ('promo', 'promo'),
        ('widget', 'widget'), ('bot', 'bot'), ('call_centre', 'internal'), ('crm', 'external'), ('import', 'internal'), ('back_office', 'internal')
      ) known (code, kind) where known.code = sources.code
    `)
    this.schema.raw(`update sources set sites = array_to_string(origins, ', ') where origins <> '{}'`)
    this.schema.raw('alter table sources drop column origins')
    this.schema.raw('create index sources_kind_index on sources (kind, id)')
  }

  async down() {
    this.schema.raw(`alter table sources add column origins text[] not null default '{}'`)
    this.schema.raw(`update sources set origins = string_to_array(sites, ', ') where sites is not null`)
    this.schema.raw('alter table sources drop column kind, drop column sites')
  }
}
