import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Communications, their sends, one delivery a recipient, what recipients did (F42-F44, F50). Deliveries have no index on
 * their state: drainers find work through chunks, so an update of a delivery touches no index.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table mail_providers (
        id bigint generated always as identity primary key,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        name text collate "ru-x-icu" not null unique,
        kind text not null check (kind in ('capture', 'smtp')),
        host text,
        port bigint check (port between 1 and 65535),
        security text not null default 'starttls' check (security in ('none', 'starttls', 'tls')),
        username text,
        password text,
        per_minute bigint check (per_minute > 0),
        bounce_address text,
        dkim_domain text,
        dkim_selector text,
        dkim_key text,
        webhook_secret text,
        check (kind = 'capture' or host is not null)
      )
    `)
    this.schema.raw(`
      insert into mail_providers (name, kind, security) values ('Встроенный ящик / Built-in inbox', 'capture', 'none')
    `)

    this.schema.raw(`
      create table communications (
        id bigint generated always as identity primary key,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        name text collate "ru-x-icu" not null check (name <> ''),
        channel_id bigint not null references channels,
        kind text not null default 'bulk' check (kind in ('bulk', 'trigger')),
        provider_id bigint not null references mail_providers,
        class text not null default 'advertising' check (class in ('advertising', 'system')),
        category_id bigint references unsubscribe_categories,
        sender_name text,
        sender_email text,
        reply_to text,
        subject text,
        preheader text,
        link text,
        markup text not null default 'mjml' check (markup in ('mjml', 'html')),
        body text not null default ''
      )
    `)
    for (const column of ['name', 'created_at', 'channel_id', 'provider_id', 'category_id']) {
      this.schema.raw(`create index communications_${column}_index on communications (${column}, id)`)
    }

    this.schema.raw(`
      create table sends (
        id bigint generated always as identity primary key,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        communication_id bigint not null references communications,
        state text not null default 'preparing'
          check (state in ('preparing', 'scheduled', 'sending', 'paused', 'finished', 'cancelled', 'failed')),
        test boolean not null default false,
        segment_id bigint references segments on delete set null,
        identifier_ids bigint[] not null default '{}',
        test_customers boolean not null default false,
        recount boolean not null default false,
        per_minute bigint check (per_minute > 0),
        starts_at timestamptz,
        started_at timestamptz,
        finished_at timestamptz,
        staff_id bigint,
        run_id bigint,
        content jsonb,
        recipients bigint,
        excluded jsonb not null default '{}',
        policy_streak integer not null default 0,
        trouble jsonb
      )
    `)
    this.schema.raw('create index sends_communication_index on sends (communication_id, id)')
    this.schema.raw('create index sends_segment_index on sends (segment_id, id)')
    this.schema.raw('create index sends_created_at_index on sends (created_at, id)')
    /** Whoever presses Send twice, or two people at once, starts one send. */
    this.schema.raw(`
      create unique index sends_one_under_way on sends (communication_id)
        where not test and state in ('preparing', 'scheduled', 'sending', 'paused')
    `)

    this.schema.raw(`
      create table send_links (
        id bigint generated always as identity primary key,
        created_at timestamptz not null default now(),
        send_id bigint not null references sends on delete cascade,
        position integer not null,
        url text not null,
        unique (send_id, position)
      )
    `)

    this.schema.raw(`
      create table deliveries (
        id bigint generated always as identity,
        send_id bigint not null,
        user_id bigint not null,
        identifier_id bigint not null,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        communication_id bigint not null,
        address text not null,
        state text not null default 'queued'
          check (state in ('queued', 'sending', 'sent', 'deferred', 'failed', 'bounced', 'skipped', 'cancelled')),
        tries smallint not null default 0,
        next_try_at timestamptz,
        sent_at timestamptz,
        answer text,
        primary key (send_id, user_id, identifier_id)
      ) with (fillfactor = 70)
    `)
    this.schema.raw('create index deliveries_user_index on deliveries (user_id, id)')
    this.schema.raw('create index deliveries_communication_index on deliveries (communication_id, id)')

    this.schema.raw(`
      create table delivery_chunks (
        send_id bigint not null references sends on delete cascade,
        chunk integer not null,
        from_user bigint not null,
        to_user bigint not null,
        size integer not null,
        done boolean not null default false,
        not_before timestamptz not null default now(),
        locked_until timestamptz,
        locked_by uuid,
        sent integer not null default 0,
        failed integer not null default 0,
        skipped integer not null default 0,
        primary key (send_id, chunk)
      ) with (fillfactor = 50)
    `)

    /** The tokens that a limit per minute leaves; one row a send and one a provider, shared by all workers. */
    this.schema.raw(`
      create unlogged table send_allowances (
        owner text primary key,
        tokens double precision not null,
        refilled_at timestamptz not null,
        granted bigint not null default 0
      ) with (fillfactor = 50)
    `)

    this.schema.raw(`
      create table reactions (
        id bigint generated always as identity,
        created_at timestamptz not null default now(),
        user_id bigint not null,
        identifier_id bigint not null,
        send_id bigint not null,
        communication_id bigint not null,
        kind text not null
          check (kind in ('open', 'click', 'hard_bounce', 'soft_bounce', 'complaint', 'unsubscribe')),
        link_id bigint,
        bot boolean not null default false,
        user_agent text,
        note text,
        report_key text,
        primary key (user_id, id)
      )
    `)
    this.schema.raw('create index reactions_send_index on reactions (send_id, kind, user_id)')
    this.schema.raw('create index reactions_communication_index on reactions (communication_id, kind)')
    this.schema.raw('create index reactions_link_index on reactions (link_id) where link_id is not null')
    /** The same report handed in twice counts once. */
    this.schema.raw(`
      create unique index reactions_report_unique on reactions (report_key, user_id) where report_key is not null
    `)

    this.schema.raw(`
      create table inbox_messages (
        id bigint generated always as identity primary key,
        created_at timestamptz not null default now(),
        sender text not null,
        recipient text not null,
        subject text not null,
        message_id text,
        size bigint not null,
        raw bytea not null
      )
    `)
    this.schema.raw('create index inbox_messages_recipient_index on inbox_messages (recipient, id)')
    this.schema.raw('create index inbox_messages_message_id_index on inbox_messages (message_id)')
    this.schema.raw('create index inbox_messages_created_at_index on inbox_messages (created_at, id)')
  }

  async down() {
    this.schema.raw(`
      drop table inbox_messages, reactions, send_allowances, delivery_chunks, deliveries, send_links, sends,
        communications, mail_providers
    `)
  }
}
