import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * A stolen key may also be changed, with no time left to the former one: the sessions that it opened end as if it were revoked. Of those
 * from before it was known who opened them, all of a source that is no front end were opened by its server.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('drop trigger sources_end_sessions on sources')
    this.schema.raw(`
      create trigger sources_end_sessions after update of key_hash on sources for each row
        when (old.key_hash is not null and (new.key_hash is null or new.key_hash <> old.key_hash and new.former_key_until <= now()))
        execute function end_server_sessions()
    `)
    this.schema.raw('update user_sessions t set by_server = true from sources s where s.id = t.source_id and not s.front_end and not t.by_server')
  }

  async down() {
    this.schema.raw('drop trigger sources_end_sessions on sources')
    this.schema.raw(`
      create trigger sources_end_sessions after update of key_hash on sources
        for each row when (old.key_hash is not null and new.key_hash is null) execute function end_server_sessions()
    `)
  }
}
