import { BaseSchema } from '@adonisjs/lucid/schema'

/** Sign-in through others (F30): who they are, ways that were begun, and whose accounts there belong to which customer. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table social_providers (
        id bigint generated always as identity primary key,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        name text collate "ru-x-icu" not null,
        code text not null unique check (code ~ '^[a-z0-9][a-z0-9_-]*$'),
        issuer text not null,
        client_id text not null,
        client_secret text,
        scopes text not null default 'openid email profile',
        trusts_email boolean not null default false,
        active boolean not null default true,
        attributes jsonb not null default '{}'
      )
    `)
    this.schema.raw('create index social_providers_name_index on social_providers (name, id)')

    /** Begun and not ended: the state is kept as a hash, what proves that the end belongs to the beginning is sealed. Works once. */
    this.schema.raw(`
      create table social_logins (
        state_hash bytea primary key check (octet_length(state_hash) = 32),
        provider_id bigint not null references social_providers on delete cascade,
        source_id bigint not null references sources,
        proof text not null,
        expires_at timestamptz not null
      )
    `)
    this.schema.raw('create index social_logins_expires_at_index on social_logins (expires_at)')

    this.schema.raw(`
      create table user_social_accounts (
        id bigint generated always as identity primary key,
        user_id bigint not null references users on delete cascade,
        provider_id bigint not null references social_providers,
        subject text not null,
        created_at timestamptz not null default now(),
        unique (provider_id, subject)
      )
    `)
    this.schema.raw('create index user_social_accounts_user_id_index on user_social_accounts (user_id, id)')
  }

  async down() {
    this.schema.raw('drop table user_social_accounts, social_logins, social_providers')
  }
}
