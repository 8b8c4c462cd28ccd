import { BaseSchema } from '@adonisjs/lucid/schema'

/** Codes and links by which customers prove that an address is theirs (F32). */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table ticket_generators (
        id bigint generated always as identity primary key,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        name text collate "ru-x-icu" not null,
        campaign_id bigint references campaigns,
        identifier_type text not null,
        kind text not null default 'both' check (kind in ('code', 'link', 'both')),
        length integer not null default 6 check (length between 4 and 12),
        charset text not null default 'digits' check (charset in ('digits', 'letters', 'both')),
        life_minutes integer not null default 10 check (life_minutes between 1 and 1440),
        tries integer not null default 5 check (tries between 1 and 5),
        link_url text,
        attributes jsonb not null default '{}',
        constraint ticket_generators_identifier_type_unique unique nulls not distinct (identifier_type, campaign_id)
      )
    `)
    this.schema.raw('create index ticket_generators_name_index on ticket_generators (name, id)')
    this.schema.raw('create index ticket_generators_campaign_id_index on ticket_generators (campaign_id, id)')
    this.schema.raw(`
      insert into ticket_generators (name, identifier_type, kind) values
        ('Email', 'email', 'both'), ('SMS', 'phone', 'code')
    `)

    /** Hashes only, and those not before the message is written that holds the code. */
    this.schema.raw(`
      create table user_tickets (
        id bigint generated always as identity primary key,
        user_id bigint not null references users on delete cascade,
        identifier_id bigint not null,
        generator_id bigint not null references ticket_generators,
        source_id bigint references sources,
        purpose text not null check (purpose in ('confirm', 'login', 'restore')),
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        code_hash bytea check (octet_length(code_hash) = 32),
        link_hash bytea unique check (octet_length(link_hash) = 32),
        tries integer not null default 0,
        expires_at timestamptz not null,
        voided_at timestamptz,
        confirmed boolean not null default false,
        confirmed_at timestamptz
      )
    `)
    this.schema.raw('create index user_tickets_user_id_index on user_tickets (user_id, id)')
    this.schema.raw('create index user_tickets_identifier_id_index on user_tickets (identifier_id, id)')
    this.schema.raw('create index user_tickets_generator_id_index on user_tickets (generator_id, id)')
    this.schema.raw('create index user_tickets_source_id_index on user_tickets (source_id, id)')
    /** One of a kind is alive for each address: a new one voids the former. */
    this.schema.raw(`
      create unique index user_tickets_one_alive on user_tickets (identifier_id, purpose) where not confirmed and voided_at is null
    `)
  }

  async down() {
    this.schema.raw('drop table user_tickets, ticket_generators')
  }
}
