import { execute, identifier, join, rows, sql, type Sql, type Transaction } from '#core/database'
import { type Traces } from './personal_table.js'

export const STRUCK = '•••'

/** Strikes words out of everything that may quote them, whatever the case of their letters; answers in how many rows they stood. */
export async function strikeOut(words: string[], { table, columns }: Traces, trx: Transaction): Promise<number> {
  const known = [...new Set(words.map((word) => word.trim()).filter((word) => word.length >= 4))].sort((one, other) => other.length - one.length)
  if (!known.length) return 0
  const [digits, letters] = [known.filter((word) => /^\d+$/.test(word)), known.filter((word) => !/^\d+$/.test(word))]
  const types = await typesOf(table, trx)
  const struck = columns.map((column) => sql`${identifier(column)} = ${without(column, types.get(column)!, letters, digits)}`)
  const met = columns.map((column) => sql`t.${identifier(column)}::text ~* ${pattern(known)}`)
  return execute(sql`update ${identifier(table)} t set ${join(struck)} where ${join(met, ' or ')}`, trx)
}

/** A bare number may stand in JSON without quotes, so it becomes another number. */
function without(column: string, type: string, letters: string[], digits: string[]): Sql {
  const text = sql`t.${identifier(column)}::text`
  const first = letters.length ? sql`regexp_replace(${text}, ${pattern(letters)}, ${STRUCK}, 'gi')` : text
  const both = digits.length ? sql`regexp_replace(${first}, ${pattern(digits)}, '0', 'g')` : first
  return type === 'jsonb' ? sql`(${both})::jsonb` : type === 'json' ? sql`(${both})::json` : both
}

/** As they stand in text, and as they stand in JSON. */
function pattern(words: string[]) {
  const spellings = words.flatMap((word) => [word, JSON.stringify(word).slice(1, -1)])
  return [...new Set(spellings)].map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|')
}

async function typesOf(table: string, trx: Transaction) {
  const columns = await rows<{ name: string; type: string }>(
    sql`select attname as name, format_type(atttypid, null) as type from pg_attribute
      where attrelid = ${table}::regclass and attnum > 0 and not attisdropped`,
    trx
  )
  return new Map(columns.map(({ name, type }) => [name, type]))
}
