import { BaseSchema } from '@adonisjs/lucid/schema'

/** Whoever had a stolen key may have signed in anybody: sessions that a server of the source opened end with its key. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('alter table user_sessions add column by_server boolean not null default false')
    this.schema.raw(`
      create function end_server_sessions() returns trigger language plpgsql as $$
      begin
        delete from user_sessions where source_id = new.id and by_server;
        return null;
      end $$
    `)
    this.schema.raw(`
      create trigger sources_end_sessions after update of key_hash on sources
        for each row when (old.key_hash is not null and new.key_hash is null) execute function end_server_sessions()
    `)
  }

  async down() {
    this.schema.raw('drop trigger sources_end_sessions on sources')
    this.schema.raw('drop function end_server_sessions')
    this.schema.raw('alter table user_sessions drop column by_server')
  }
}
