import { BaseSchema } from '@adonisjs/lucid/schema'

/** Whoever leaves a campaign is signed out of its sources at once (F39). A contact has one owner in the whole company, campaigns ask no more. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('alter table campaigns drop column unique_phone, drop column unique_email')
    this.schema.raw(`
      create function end_campaign_sessions() returns trigger language plpgsql as $$
      begin
        delete from user_sessions o using sources s
        where o.user_id = new.user_id and s.id = o.source_id and s.campaign_id = new.campaign_id;
        return null;
      end $$
    `)
    this.schema.raw(`
      create trigger user_campaign_agrees_end_sessions after update of value on user_campaign_agrees
        for each row when (old.value and not new.value) execute function end_campaign_sessions()
    `)
  }

  async down() {
    this.schema.raw('drop trigger user_campaign_agrees_end_sessions on user_campaign_agrees')
    this.schema.raw('drop function end_campaign_sessions')
    this.schema.raw(`
      alter table campaigns add column unique_phone boolean not null default true, add column unique_email boolean not null default true
    `)
  }
}
