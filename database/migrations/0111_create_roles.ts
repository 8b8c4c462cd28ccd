import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * What roles may do, as an administrator has ticked it. A built-in role without a row for an object may what the object declares;
 * the administrator has no rows at all.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table roles (
        id bigint generated always as identity primary key,
        code text not null unique check (code ~ '^[a-z][a-z0-9_]{0,39}$'),
        name_ru text collate "ru-x-icu" not null unique,
        name_en text collate "ru-x-icu" not null unique,
        description text,
        builtin boolean not null default false,
        like_id bigint references roles (id) on delete set null,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now()
      )
    `)
    for (const column of ['name_ru', 'name_en', 'like_id', 'created_at']) {
      this.schema.raw(`create index roles_${column}_index on roles (${column}, id)`)
    }
    this.schema.raw(`
      insert into roles (code, name_ru, name_en, builtin) values
        ('administrator', 'Администратор', 'Administrator', true),
        ('marketer', 'Маркетолог', 'Marketer', true),
        ('viewer', 'Наблюдатель', 'Viewer', true)
    `)
    this.schema.raw(`
      create table role_rights (
        role text not null references roles (code) on delete cascade,
        object text not null,
        rights text[] not null,
        primary key (role, object)
      )
    `)
    this.schema.raw('alter table staff drop constraint staff_role_check')
    this.schema.raw('alter table staff add constraint staff_role_fkey foreign key (role) references roles (code)')
  }

  async down() {
    this.schema.raw('alter table staff drop constraint staff_role_fkey')
    this.schema.raw(`
      alter table staff add constraint staff_role_check check (role in ('administrator', 'marketer', 'viewer')) not valid
    `)
    this.schema.raw('drop table role_rights')
    this.schema.raw('drop table roles')
  }
}
