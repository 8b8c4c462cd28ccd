import { BaseSchema } from '@adonisjs/lucid/schema'

/** One row; without it everything is as it is in a new product. The logo has a row of its own, since it is not read every second. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table settings (
        id bigint primary key default 1 check (id = 1),
        company_name text not null default 'Tessera',
        timezone text not null default 'Europe/Moscow',
        currency text check (currency ~ '^[A-Z]{3}$'),
        languages text not null default 'both' check (languages in ('both', 'ru', 'en')),
        default_language text not null default 'ru' check (default_language in ('ru', 'en')),
        brand_colour text check (brand_colour ~ '^#[0-9a-f]{6}$'),
        sender_name text,
        sender_email text,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        check (languages in ('both', default_language))
      )
    `)
    this.schema.raw(`
      create table settings_logo (
        id bigint primary key default 1 check (id = 1),
        type text not null check (type in ('image/png', 'image/jpeg', 'image/webp')),
        version text not null,
        content bytea not null check (octet_length(content) <= 524288),
        created_at timestamptz not null default now()
      )
    `)
  }

  async down() {
    this.schema.raw('drop table settings_logo')
    this.schema.raw('drop table settings')
  }
}
