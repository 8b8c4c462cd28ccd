import { sql, type Sql } from '#core/database'
import { type Reader } from '#core/objects'

/** How a value is called in a language; one that has no name there is called as in the other. */
export function nameIn(row: Sql, locale: Reader['locale']): Sql {
  return locale === 'ru' ? sql`coalesce(${row}.name_ru, ${row}.name_en)` : sql`coalesce(${row}.name_en, ${row}.name_ru)`
}
