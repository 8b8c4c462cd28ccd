import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Unlogged: a session is written on every request, and after a crash of the server people may well
 * sign in again.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create unlogged table sessions (
        id text primary key,
        data text not null,
        user_id text,
        expires_at timestamptz not null
      )
    `)
    this.schema.raw('create index sessions_user_id_index on sessions (user_id)')
    this.schema.raw('create index sessions_expires_at_index on sessions (expires_at)')
  }

  async down() {
    this.schema.dropTable('sessions')
  }
}
