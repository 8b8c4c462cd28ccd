import { BaseSchema } from '@adonisjs/lucid/schema'

/** A segment in the trash has no members for anybody. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('alter table segments add deleted_at timestamptz')
    this.schema.raw('create index segments_deleted_at_index on segments (deleted_at) where deleted_at is not null')
    this.schema.raw(`
      create or replace view segment_memberships as
        select (c.segment_id << 40) + c.member_id as id, c.segment_id, c.member_id as user_id, c.from_version
        from segment_current c
        join segments s on s.id = c.segment_id and s.object = 'user' and s.deleted_at is null
    `)
  }

  async down() {
    this.schema.raw(`
      create or replace view segment_memberships as
        select (c.segment_id << 40) + c.member_id as id, c.segment_id, c.member_id as user_id, c.from_version
        from segment_current c
        join segments s on s.id = c.segment_id and s.object = 'user'
    `)
    this.schema.raw('alter table segments drop column deleted_at')
  }
}
