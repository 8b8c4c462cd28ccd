import { BaseSchema } from '@adonisjs/lucid/schema'

/** Files live in the database, since web and worker may be different machines; a file without a size is not whole yet. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table files (
        id bigint generated always as identity primary key,
        created_at timestamptz not null default now(),
        name text not null,
        content_type text not null,
        size bigint,
        staff_id bigint
      )
    `)
    this.schema.raw('create index files_staff_id_index on files (staff_id, id)')
    this.schema.raw(`
      create table file_chunks (
        file_id bigint not null references files on delete cascade,
        position integer not null,
        body bytea not null check (octet_length(body) <= 1048576),
        primary key (file_id, position)
      )
    `)
    this.schema.raw('alter table file_chunks alter body set storage external')
  }

  async down() {
    this.schema.raw('drop table file_chunks, files')
  }
}
