import { BaseSchema } from '@adonisjs/lucid/schema'

/** Where customers come from (F68), and where each of them was registered. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table sources (
        id bigint generated always as identity primary key,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        code text not null unique,
        name_ru text collate "ru-x-icu",
        name_en text collate "ru-x-icu",
        position integer not null,
        active boolean not null default true,
        constraint sources_name_ru_or_en check (name_ru <> '' or name_en <> '')
      )
    `)
    for (const column of ['name_ru', 'name_en', 'position']) {
      this.schema.raw(`create index sources_${column}_index on sources (${column}, id)`)
    }
    this.schema.raw(`
      insert into sources (code, name_ru, name_en, position) values
        ('site', 'Сайт', 'Website', 1),
        ('app', 'Мобильное приложение', 'Mobile app', 2),
        ('till', 'Касса', 'Till', 3),
        ('form', 'Анкета в магазине', 'Form in a shop', 4),
        ('partner', 'Партнёр', 'Partner', 5),
        ('mailing', 'Рассылка', 'Mailing', 6),
        ('promo', 'Промоакция', 'Promotion', 7),
        ('widget', 'Виджет', 'Widget', 8),
        ('bot', 'Чат-бот', 'Chatbot', 9),
        ('call_centre', 'Колл-центр', 'Call centre', 10),
        ('crm', 'Внешняя система', 'External system', 11),
        ('import', 'Загрузка из файла', 'Import from a file', 12),
        ('back_office', 'Вручную', 'By hand', 13)
    `)

    /** What was written as text becomes a value, by its code or its name. */
    this.schema.raw('alter table users add column registration_source_id bigint references sources')
    this.schema.raw(`
      insert into sources (code, name_ru, position)
      select source, source, 13 + row_number() over (order by source)
      from (select distinct registration_source as source from users where registration_source <> '') named
      where not exists (select from sources s where source in (s.code, s.name_ru, s.name_en))
    `)
    this.schema.raw(`
      update users u set registration_source_id = s.id from sources s where u.registration_source in (s.code, s.name_ru, s.name_en)
    `)
    this.schema.raw('alter table users drop column registration_source')
    this.schema.raw(`
      create index users_registration_source_id_index on users (registration_source_id, id) where deleted_at is null
    `)
  }

  async down() {
    this.schema.raw('alter table users add column registration_source text')
    this.schema.raw('update users u set registration_source = s.code from sources s where s.id = u.registration_source_id')
    this.schema.raw('alter table users drop column registration_source_id')
    this.schema.raw('drop table sources')
  }
}
