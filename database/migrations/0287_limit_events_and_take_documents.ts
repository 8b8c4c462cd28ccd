import { BaseSchema } from '@adonisjs/lucid/schema'

/** How many events of a type a customer may have in a time; files that customers send (F82). */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      alter table event_types
        add column limit_count integer check (limit_count > 0),
        add column limit_days integer check (limit_days between 1 and 3650)
    `)
    this.schema.raw(`
      create table user_documents (
        id bigint generated always as identity primary key,
        user_id bigint not null references users,
        file_id bigint not null references files on delete cascade,
        source_id bigint references sources,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        name text collate "ru-x-icu" not null,
        type text,
        set text,
        status text not null default 'new' check (status in ('new', 'accepted', 'rejected')),
        comment text,
        attributes jsonb not null default '{}'
      )
    `)
    this.schema.raw('create index user_documents_user_id_index on user_documents (user_id, id)')
    this.schema.raw('create index user_documents_file_id_index on user_documents (file_id, id)')
    this.schema.raw('create index user_documents_source_id_index on user_documents (source_id, id)')
  }

  async down() {
    this.schema.raw('drop table user_documents')
    this.schema.raw('alter table event_types drop column limit_count, drop column limit_days')
  }
}
