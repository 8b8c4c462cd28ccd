import { BaseSchema } from '@adonisjs/lucid/schema'

/** Segments with their current members and the difference of every version (F60-F62). */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table segments (
        id bigint generated always as identity primary key,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        name text collate "ru-x-icu" not null,
        object text not null default 'user',
        filter jsonb not null default '{"logic": "and", "of": []}',
        columns text[] not null default '{}',
        active boolean not null default true,
        version integer not null default 0,
        count bigint,
        recounted_at timestamptz
      )
    `)
    for (const column of ['name', 'created_at', 'recounted_at', 'count']) {
      this.schema.raw(`create index segments_${column}_index on segments (${column}, id)`)
    }

    this.schema.raw(`
      create table segment_versions (
        id bigint generated always as identity,
        segment_id bigint not null references segments on delete cascade,
        version integer not null,
        created_at timestamptz not null default now(),
        count bigint not null,
        entered bigint not null,
        left_count bigint not null,
        milliseconds integer not null,
        primary key (segment_id, version)
      )
    `)
    this.schema.raw('create index segment_versions_id_index on segment_versions (id)')

    this.schema.raw(`
      create table segment_current (
        segment_id bigint not null references segments on delete cascade,
        member_id bigint not null,
        from_version integer not null,
        primary key (segment_id, member_id) include (from_version)
      )
    `)
    this.schema.raw('create index segment_current_member_index on segment_current (member_id, segment_id)')

    /** Membership of customers as an object of its own: their segments, and the people of a segment. */
    this.schema.raw(`
      create view segment_memberships as
        select (c.segment_id << 40) + c.member_id as id, c.segment_id, c.member_id as user_id, c.from_version
        from segment_current c
        join segments s on s.id = c.segment_id and s.object = 'user'
    `)

    this.schema.raw(`
      create table segment_delta (
        segment_id bigint not null references segments on delete cascade,
        version integer not null,
        member_id bigint not null,
        op smallint not null check (op in (1, -1)),
        from_version integer,
        primary key (segment_id, version, member_id)
      )
    `)
  }

  async down() {
    this.schema.raw('drop view segment_memberships')
    this.schema.raw('drop table segment_delta, segment_current, segment_versions, segments')
  }
}
