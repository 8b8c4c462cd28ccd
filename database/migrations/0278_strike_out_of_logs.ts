import { BaseSchema } from '@adonisjs/lucid/schema'

/** What an erasure may strike out of the two logs that are only ever added to, by the columns that may hold personal data. */
const struck = { audit_log: ['changes', 'ip'], consent_log: ['ip'] }

/**
 * The logs stay append-only but for one thing: while an erasure runs, and in its transaction alone, personal data is struck out of them
 * (152-FZ, GDPR art. 17). Which action it was, on what, by whom and when cannot be changed even then.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create function refuse_change_but_erasure() returns trigger language plpgsql as $$
      begin
        if tg_op = 'UPDATE'
          and exists (
            select from privacy_requests r
            where r.id::text = current_setting('tessera.erasing', true) and r.kind = 'erasure' and r.state = 'running'
          )
          and (to_jsonb(new) - tg_argv) = (to_jsonb(old) - tg_argv)
        then
          return new;
        end if;
        raise exception 'rows of % are only ever added', tg_table_name using errcode = 'insufficient_privilege';
      end $$
    `)
    this.schema.raw('drop trigger audit_log_append_only on audit_log')
    this.schema.raw('drop trigger consent_log_is_append_only on consent_log')
    for (const [table, columns] of Object.entries(struck)) {
      this.schema.raw(`
        create trigger ${table}_is_append_only before update or delete on ${table}
          for each row execute function refuse_change_but_erasure(${columns.join(', ')})
      `)
    }
  }

  async down() {
    for (const table of Object.keys(struck)) this.schema.raw(`drop trigger ${table}_is_append_only on ${table}`)
    this.schema.raw(`
      create trigger audit_log_append_only before update or delete on audit_log for each statement execute function refuse_change()
    `)
    this.schema.raw(`
      create trigger consent_log_is_append_only before update or delete on consent_log for each statement execute function refuse_change()
    `)
    this.schema.raw('drop function refuse_change_but_erasure')
  }
}
