import { BaseSchema } from '@adonisjs/lucid/schema'

/** A shop is told of its own customers, and if it asks so, only of those who agreed to advertising (F41). */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      alter table webhooks
        add column source_id bigint references sources,
        add column consenting_only boolean not null default false
    `)
    this.schema.raw('create index webhooks_source_id_index on webhooks (source_id)')
  }

  async down() {
    this.schema.raw('alter table webhooks drop column source_id, drop column consenting_only')
  }
}
