import { BaseSchema } from '@adonisjs/lucid/schema'

/** A till prints the number of its fiscal drive on every receipt, and people read it out. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('create index receipts_fn_index on receipts (fn, id) where fn is not null')
  }

  async down() {
    this.schema.raw('drop index receipts_fn_index')
  }
}
