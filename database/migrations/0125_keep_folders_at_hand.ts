import { BaseSchema } from '@adonisjs/lucid/schema'

/** How a person likes the filter and the folders of a section. A folder that is deleted is the default of nobody. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      alter table list_settings
        add column filter_shown boolean,
        add column folders_folded boolean,
        add column default_folder_id bigint references folders on delete set null,
        add column pinned_folders bigint[] not null default '{}'
    `)
    this.schema.raw('create index list_settings_default_folder_index on list_settings (default_folder_id)')
  }

  async down() {
    this.schema.raw(`
      alter table list_settings
        drop column filter_shown,
        drop column folders_folded,
        drop column default_folder_id,
        drop column pinned_folders
    `)
  }
}
