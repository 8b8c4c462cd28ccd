import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Deliveries and reactions have sections. All of these indexes grow at their end; none stands on what sending updates, so a delivery
 * is still updated without touching an index.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('create index deliveries_id_index on deliveries (id)')
    this.schema.raw('create index deliveries_created_at_index on deliveries (created_at, id)')
    this.schema.raw('create index deliveries_send_index on deliveries (send_id, id)')
    this.schema.raw('create index reactions_id_index on reactions (id)')
    this.schema.raw('create index reactions_created_at_index on reactions (created_at, id)')
  }

  async down() {
    this.schema.raw(`
      drop index deliveries_id_index, deliveries_created_at_index, deliveries_send_index, reactions_id_index, reactions_created_at_index
    `)
  }
}
