import { BaseSchema } from '@adonisjs/lucid/schema'

/** Signals that other systems are told of, one row a message and one a try, as Standard Webhooks describe. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table webhooks (
        id bigint generated always as identity primary key,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        name text collate "ru-x-icu" not null check (name <> ''),
        url text not null,
        every_signal boolean not null default true,
        signals text[] not null default '{}',
        active boolean not null default true,
        gone_at timestamptz,
        secret text not null,
        former_secret text,
        former_until timestamptz,
        staff_id bigint references staff
      )
    `)
    this.schema.raw('create index webhooks_name_index on webhooks (name, id)')
    this.schema.raw('create index webhooks_staff_id_index on webhooks (staff_id)')

    this.schema.raw(`
      create table webhook_messages (
        id bigint generated always as identity primary key,
        created_at timestamptz not null default now(),
        webhook_id bigint not null references webhooks on delete cascade,
        user_id bigint,
        event_key uuid not null,
        signal text not null,
        body jsonb not null,
        state text not null default 'waiting' check (state in ('waiting', 'sending', 'delivered', 'failed')),
        tries integer not null default 0,
        next_try_at timestamptz not null default now(),
        delivered_at timestamptz,
        status integer,
        reason text
      )
    `)
    this.schema.raw(`
      create index webhook_messages_due on webhook_messages (webhook_id, next_try_at) where state in ('waiting', 'sending')
    `)
    this.schema.raw('create index webhook_messages_webhook_id_index on webhook_messages (webhook_id, id)')
    this.schema.raw('create index webhook_messages_user_id_index on webhook_messages (user_id, id)')
    this.schema.raw('create index webhook_messages_created_at_index on webhook_messages (created_at, id)')

    this.schema.raw(`
      create table webhook_tries (
        id bigint generated always as identity primary key,
        created_at timestamptz not null default now(),
        message_id bigint not null references webhook_messages on delete cascade,
        milliseconds integer not null,
        status integer,
        reason text,
        answer text
      )
    `)
    this.schema.raw('create index webhook_tries_message_id_index on webhook_tries (message_id, id)')
  }

  async down() {
    this.schema.raw('drop table webhook_tries, webhook_messages, webhooks')
  }
}
