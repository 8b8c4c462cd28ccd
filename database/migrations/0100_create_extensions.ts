import { BaseSchema } from '@adonisjs/lucid/schema'

/** Contrib modules of every PostgreSQL, marked trusted: the owner of the database may create them. */
const extensions = ['pg_trgm', 'unaccent', 'btree_gist']

export default class extends BaseSchema {
  async up() {
    for (const extension of extensions) this.schema.raw(`create extension if not exists ${extension}`)
  }

  async down() {
    for (const extension of extensions) this.schema.raw(`drop extension if exists ${extension}`)
  }
}
