import { BaseSchema } from '@adonisjs/lucid/schema'

/** Keys of other systems. Only hashes are kept, of the secret and, for the time of a change, of the one before it. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table api_keys (
        id bigint generated always as identity primary key,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        name text collate "ru-x-icu" not null check (name <> ''),
        beginning text not null,
        hash bytea not null check (octet_length(hash) = 32),
        former_hash bytea check (octet_length(former_hash) = 32),
        former_until timestamptz,
        scopes text[] not null default '{}',
        networks text,
        expires_at timestamptz,
        revoked_at timestamptz,
        rotated_at timestamptz,
        last_used_at timestamptz,
        last_used_from text,
        staff_id bigint references staff
      )
    `)
    for (const column of ['name', 'created_at', 'expires_at', 'last_used_at', 'staff_id']) {
      this.schema.raw(`create index api_keys_${column}_index on api_keys (${column}, id)`)
    }
  }

  async down() {
    this.schema.raw('drop table api_keys')
  }
}
