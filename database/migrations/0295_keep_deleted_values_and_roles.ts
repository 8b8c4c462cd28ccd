import { BaseSchema } from '@adonisjs/lucid/schema'

const books = [
  'user_types', 'user_statuses', 'genders', 'channels', 'unsubscribe_categories', 'sources', 'coupon_types', 'event_types', 'labels',
]

/**
 * Values of reference books and roles may be deleted and restored. A code or a name belongs to one row that is there; only the code of a
 * role stays with it, since members of staff and rights refer to it.
 */
export default class extends BaseSchema {
  async up() {
    for (const table of books) {
      this.schema.raw(`alter table ${table} add deleted_at timestamptz, drop constraint ${table}_code_key`)
      this.schema.raw(`create unique index ${table}_code_unique on ${table} (code) where deleted_at is null`)
    }
    this.schema.raw('alter table roles add deleted_at timestamptz, drop constraint roles_name_ru_key, drop constraint roles_name_en_key')
    for (const name of ['name_ru', 'name_en']) {
      this.schema.raw(`create unique index roles_${name}_unique on roles (${name}) where deleted_at is null`)
    }
    /** A foreign key is content with a role in the trash; this waits for whoever is just deleting it. */
    this.schema.raw(`
      create function refuse_deleted_role() returns trigger language plpgsql as $$
      begin
        perform from roles where code = new.role and deleted_at is null for key share;
        if not found then
          raise foreign_key_violation using message = 'there is no such role', constraint = 'staff_role_fkey', column = 'role';
        end if;
        return new;
      end $$
    `)
    this.schema.raw('create trigger staff_role_is_there before insert or update of role on staff for each row execute function refuse_deleted_role()')
    for (const table of [...books, 'roles']) {
      this.schema.raw(`create index ${table}_deleted_at_index on ${table} (deleted_at) where deleted_at is not null`)
    }
  }

  async down() {
    this.schema.raw('drop trigger staff_role_is_there on staff')
    this.schema.raw('drop function refuse_deleted_role')
    for (const table of [...books, 'roles']) this.schema.raw(`delete from ${table} where deleted_at is not null`)
    for (const table of books) {
      this.schema.raw(`drop index ${table}_deleted_at_index, ${table}_code_unique`)
      this.schema.raw(`alter table ${table} drop column deleted_at, add constraint ${table}_code_key unique (code)`)
    }
    this.schema.raw('drop index roles_deleted_at_index, roles_name_ru_unique, roles_name_en_unique')
    this.schema.raw('alter table roles drop column deleted_at, add unique (name_ru), add unique (name_en)')
  }
}
