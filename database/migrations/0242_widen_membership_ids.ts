import { BaseSchema } from '@adonisjs/lucid/schema'

/** A membership is known by one number, made of the segment and the customer, that JavaScript still counts exactly: 20 and 33 bits. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(view(33))
  }

  async down() {
    this.schema.raw(view(40))
  }
}

const view = (bits: number) => `
  create or replace view segment_memberships as
    select (c.segment_id << ${bits}) + c.member_id as id, c.segment_id, c.member_id as user_id, c.from_version
    from segment_current c
    join segments s on s.id = c.segment_id and s.object = 'user' and s.deleted_at is null
`
