import { BaseSchema } from '@adonisjs/lucid/schema'

/** What is sold and where: nouns that receipts, coupons and programmes point at. Reference tables. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table categories (
        id bigint generated always as identity primary key,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        code text not null unique,
        name text collate "ru-x-icu" not null,
        parent_id bigint references categories check (parent_id <> id)
      )
    `)
    this.schema.raw('create index categories_name_index on categories (name, id)')
    this.schema.raw('create index categories_parent_id_index on categories (parent_id, id)')

    this.schema.raw(`
      create table goods (
        id bigint generated always as identity primary key,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        code text not null unique,
        name text collate "ru-x-icu" not null,
        category_id bigint references categories,
        brand text collate "ru-x-icu",
        manufacturer text collate "ru-x-icu",
        package_size text,
        price bigint check (price >= 0)
      )
    `)
    for (const column of ['name', 'brand', 'category_id', 'created_at']) {
      this.schema.raw(`create index goods_${column}_index on goods (${column}, id)`)
    }
    this.schema.raw('create index goods_name_trigrams on goods using gin (lower(name) gin_trgm_ops)')

    this.schema.raw(`
      create table outlets (
        id bigint generated always as identity primary key,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        code text not null unique,
        name text collate "ru-x-icu" not null,
        region text collate "ru-x-icu",
        city text collate "ru-x-icu",
        address text,
        online boolean not null default false
      )
    `)
    for (const column of ['name', 'region', 'city']) {
      this.schema.raw(`create index outlets_${column}_index on outlets (${column}, id)`)
    }
  }

  async down() {
    this.schema.raw('drop table outlets, goods, categories')
  }
}
