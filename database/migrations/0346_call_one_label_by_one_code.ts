import { BaseSchema } from '@adonisjs/lucid/schema'

/** "VIP" and "vip" are one label: of those that differ in letters or spaces alone the first one stays, for whoever has either. */
export default class extends BaseSchema {
  async up() {
    const one = `lower(regexp_replace(trim(code), '\\s+', ' ', 'g'))`
    this.schema.raw(`
      create temporary table twins on commit drop as
        select id, first_value(id) over (partition by ${one} order by id) as first from labels where deleted_at is null
    `)
    this.schema.raw('delete from twins where id = first')
    this.schema.raw(`
      insert into user_labels (user_id, label_id, created_at, source, staff_id)
        select h.user_id, t.first, min(h.created_at), min(h.source), min(h.staff_id) from user_labels h join twins t on t.id = h.label_id
        group by h.user_id, t.first on conflict (user_id, label_id) do nothing
    `)
    this.schema.raw('delete from user_labels h using twins t where h.label_id = t.id')
    this.schema.raw('update labels l set deleted_at = now(), updated_at = now() from twins t where l.id = t.id')
    this.schema.raw(`update labels set code = regexp_replace(trim(code), '\\s+', ' ', 'g') where deleted_at is null`)
    this.schema.raw('create unique index labels_code_in_any_case on labels (lower(code)) where deleted_at is null')
  }

  async down() {
    this.schema.raw('drop index labels_code_in_any_case')
  }
}
