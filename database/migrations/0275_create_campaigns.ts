import { BaseSchema } from '@adonisjs/lucid/schema'

/** Marketing campaigns (F66): what they are for, when they run, and what registration in them asks for (F28). */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table campaigns (
        id bigint generated always as identity primary key,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        deleted_at timestamptz,
        code text not null,
        name text collate "ru-x-icu" not null,
        description text,
        goal text,
        budget bigint check (budget >= 0),
        starts_at timestamptz,
        ends_at timestamptz,
        active boolean not null default true,
        needs_phone boolean not null default true,
        needs_email boolean not null default true,
        unique_phone boolean not null default true,
        unique_email boolean not null default true,
        attributes jsonb not null default '{}',
        constraint campaigns_ends_at_after_start check (ends_at > starts_at)
      )
    `)
    this.schema.raw('create unique index campaigns_code_unique on campaigns (code) where deleted_at is null')
    this.schema.raw('create index campaigns_deleted_at_index on campaigns (deleted_at) where deleted_at is not null')
    for (const column of ['name', 'starts_at', 'ends_at', 'created_at']) {
      this.schema.raw(`create index campaigns_${column}_index on campaigns (${column}, id) where deleted_at is null`)
    }
    /** A source belongs to one campaign at most (F67). */
    this.schema.raw('alter table sources add column campaign_id bigint references campaigns')
    this.schema.raw('create index sources_campaign_id_index on sources (campaign_id, id)')
  }

  async down() {
    this.schema.raw('alter table sources drop column campaign_id')
    this.schema.raw('drop table campaigns')
  }
}
