import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Kinds of coupons (F77), and what the events of customers are called (F23): the code of an event type is the name of a signal.
 * Event types of the signals that there are come with the start (app/users/events/keep_event_types.ts).
 */
export default class extends BaseSchema {
  async up() {
    for (const book of ['coupon_types', 'event_types']) {
      this.schema.raw(`
        create table ${book} (
          id bigint generated always as identity primary key,
          created_at timestamptz not null default now(),
          updated_at timestamptz not null default now(),
          code text not null unique,
          name_ru text collate "ru-x-icu",
          name_en text collate "ru-x-icu",
          position integer not null,
          active boolean not null default true,
          constraint ${book}_name_ru_or_en check (name_ru <> '' or name_en <> '')
        )
      `)
      for (const column of ['name_ru', 'name_en', 'position']) {
        this.schema.raw(`create index ${book}_${column}_index on ${book} (${column}, id)`)
      }
    }
    this.schema.raw(`
      insert into coupon_types (code, name_ru, name_en, position) values
        ('coupon', 'Купон', 'Coupon', 1), ('barcode', 'Штрихкод', 'Barcode', 2)
    `)
  }

  async down() {
    this.schema.raw('drop table event_types, coupon_types')
  }
}
