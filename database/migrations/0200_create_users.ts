import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Customers (F18, F19), their identifiers (F25, F26), consents and unsubscriptions (F34-F37). Tables that a
 * customer owns carry `user_id` in their keys, so that they can be distributed by it one day.
 */
export default class extends BaseSchema {
  async up() {
    for (const book of ['user_types', 'user_statuses', 'genders', 'channels', 'unsubscribe_categories']) {
      this.schema.raw(`
        create table ${book} (
          id bigint generated always as identity primary key,
          created_at timestamptz not null default now(),
          updated_at timestamptz not null default now(),
          code text not null unique,
          name text collate "ru-x-icu" not null
        )
      `)
      this.schema.raw(`create index ${book}_name_index on ${book} (name, id)`)
    }
    this.schema.raw('alter table user_statuses add column allows_sending boolean not null default true')

    /** The first of each is what a new customer gets: standard, active. */
    this.schema.raw(`
      insert into user_types (code, name) values ('standard', 'Обычный клиент'), ('b2b', 'Юридическое лицо')
    `)
    this.schema.raw(`
      insert into user_statuses (code, name, allows_sending) values
        ('active', 'Активен', true), ('blocked', 'Заблокирован', false), ('fraud', 'Мошенник', false)
    `)
    this.schema.raw(`insert into genders (code, name) values ('female', 'Женский'), ('male', 'Мужской')`)
    this.schema.raw(`
      insert into channels (code, name) values ('email', 'Email'), ('sms', 'SMS'), ('push', 'Push')
    `)
    this.schema.raw(`
      insert into unsubscribe_categories (code, name) values
        ('news', 'Новости'), ('announcements', 'Анонсы'), ('digest', 'Дайджест'), ('promotions', 'Акции')
    `)

    this.schema.raw(`
      create table users (
        id bigint generated always as identity primary key,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        external_id text,
        surname text collate "ru-x-icu",
        given_name text collate "ru-x-icu",
        middle_name text collate "ru-x-icu",
        type_id bigint not null default 1 references user_types,
        status_id bigint not null default 1 references user_statuses,
        gender_id bigint references genders,
        birth_date date,
        personal_data_agree boolean not null default false,
        communication_agree boolean not null default false,
        is_test boolean not null default false,
        locale text not null default 'ru' check (locale in ('ru', 'en')),
        registration_source text,
        attributes jsonb not null default '{}',
        deleted_at timestamptz
      )
    `)
    this.schema.raw('create unique index users_external_id_unique on users (external_id)')
    /** Only of those who exist for people: every list asks so, and then counts and jumps without reading the rows themselves. */
    for (const column of ['created_at', 'surname', 'given_name', 'birth_date', 'type_id', 'status_id', 'gender_id']) {
      this.schema.raw(`create index users_${column}_index on users (${column}, id) where deleted_at is null`)
    }
    this.schema.raw(`
      create index users_full_name_trigrams on users using gin (
        lower(coalesce(surname, '') || ' ' || coalesce(given_name, '') || ' ' || coalesce(middle_name, '')) gin_trgm_ops
      )
    `)

    this.schema.raw(`
      create table user_stats (
        user_id bigint primary key references users on delete cascade,
        receipts_count integer not null default 0,
        receipts_total bigint not null default 0,
        first_receipt_at timestamptz,
        last_receipt_at timestamptz
      ) with (fillfactor = 85)
    `)
    this.schema.raw('create index user_stats_receipts_count_index on user_stats (receipts_count, user_id)')
    this.schema.raw('create index user_stats_receipts_total_index on user_stats (receipts_total, user_id)')
    this.schema.raw('create index user_stats_last_receipt_at_index on user_stats (last_receipt_at, user_id)')

    this.schema.raw(`
      create table user_identifiers (
        id bigint generated always as identity,
        user_id bigint not null references users,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        type text not null check (type in ('email', 'phone', 'card', 'plate', 'telegram', 'whatsapp', 'viber', 'vk')),
        value text not null check (value <> ''),
        confirmed boolean not null default false,
        confirmed_at timestamptz,
        active boolean not null default true,
        deliverable text not null default 'ok' check (deliverable in ('ok', 'soft', 'blocked')),
        blocked_reason text,
        primary key (user_id, id)
      )
    `)
    this.schema.raw(`
      create unique index user_identifiers_one_active on user_identifiers (user_id, type) where active
    `)
    this.schema.raw('create index user_identifiers_id_index on user_identifiers (id)')
    this.schema.raw('create index user_identifiers_value_index on user_identifiers (value, type)')
    this.schema.raw(`
      create index user_identifiers_value_trigrams on user_identifiers using gin (lower(value) gin_trgm_ops)
    `)
    this.schema.raw('alter table user_identifiers alter user_id set (n_distinct = -0.45)')
    /** Whose an address is, whatever server its owner lives on one day. */
    this.schema.raw(`
      create table identifier_owners (
        type text not null,
        value text not null,
        user_id bigint not null,
        primary key (type, value)
      )
    `)
    this.schema.raw('create index identifier_owners_user_id_index on identifier_owners (user_id)')

    this.schema.raw(`
      create table user_unsubscribes (
        id bigint generated always as identity,
        user_id bigint not null references users,
        created_at timestamptz not null default now(),
        channel_id bigint references channels,
        category_id bigint references unsubscribe_categories,
        source text not null,
        primary key (user_id, id),
        unique nulls not distinct (user_id, channel_id, category_id)
      )
    `)
    this.schema.raw('create index user_unsubscribes_id_index on user_unsubscribes (id)')

    this.schema.raw(`
      create table stop_list (
        id bigint generated always as identity primary key,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        type text not null,
        value text not null,
        reason text,
        unique (type, value)
      )
    `)

    this.schema.raw(`
      create table consent_log (
        id bigint generated always as identity,
        user_id bigint not null,
        created_at timestamptz not null default now(),
        kind text not null check (kind in ('personal_data', 'communication', 'campaign', 'unsubscribe')),
        value boolean not null,
        subject text,
        document_version text,
        text_hash text,
        source text not null,
        ip text,
        staff_id bigint,
        primary key (user_id, id)
      )
    `)
    this.schema.raw('create index consent_log_id_index on consent_log (id)')
    this.schema.raw(`
      create trigger consent_log_is_append_only before update or delete on consent_log
        for each statement execute function refuse_change()
    `)
  }

  async down() {
    this.schema.raw(`
      drop table consent_log, stop_list, user_unsubscribes, identifier_owners, user_identifiers, user_stats, users,
        unsubscribe_categories, channels, genders, user_statuses, user_types
    `)
  }
}
