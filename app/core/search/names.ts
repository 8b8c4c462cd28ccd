import { identifier, join, sql, type Sql } from '#core/database'
import { existing, table, type Lookup, type ObjectDefinition } from '#core/objects'

const MOST_WORDS = 5
/** So many times what is shown is looked at for the nearest. */
const LOOKED_AT = 2

/**
 * Rows whose name holds every word that was typed, each from the beginning of a word and in any order. A word is one pattern, which
 * trigrams narrow even where it is two letters long; е and ё are one letter. The shortest names are the nearest.
 */
export function named(object: ObjectDefinition, searched: Sql, typed: string): Lookup[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean).slice(0, MOST_WORDS)
  if (!words.some((word) => /\p{L}|\d{2}/u.test(word)) || typed.trim().length < 2) return []
  const met = join(words.map((word) => sql`${searched} ~ ${patternOf(word)}`), ' and ')
  return [
    {
      personal: object.personalTitle,
      rows: (few) => sql`select id, null as hit from (
          select t.id, length(${searched}) as length from ${identifier(object.table)} ${table}
            where ${met} and ${existing(object)} limit ${few * LOOKED_AT}
        ) named order by length, id limit ${few}`,
    },
  ]
}

function patternOf(word: string): string {
  const letters = word.replace(/[^\p{L}\p{N}]/gu, (sign) => `\\${sign}`).replace(/[её]/g, '[её]')
  return `(^|[ -])${letters}`
}
