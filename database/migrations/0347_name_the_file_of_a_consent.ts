import { BaseSchema } from '@adonisjs/lucid/schema'

/** Which import brought a word (F34). No foreign key: a file is deleted in its time, the log is only ever added to. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('alter table consent_log add column import_id bigint')
  }

  async down() {
    this.schema.raw('alter table consent_log drop column import_id')
  }
}
