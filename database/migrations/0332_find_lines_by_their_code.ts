import { BaseSchema } from '@adonisjs/lucid/schema'

/** "Bought one good" read the lines of every customer: no index began with what the till printed. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('create index receipt_lines_code_index on receipt_lines (code, user_id, receipt_id)')
  }

  async down() {
    this.schema.raw('drop index receipt_lines_code_index')
  }
}
