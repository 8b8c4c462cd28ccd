import { identifier, join, sql, type Sql } from '#core/database'
import { table, type Lookup, type ObjectDefinition } from '#core/objects'

const MOST_WORDS = 5

/**
 * Rows whose name holds every word that was typed, each from the beginning of a word and in any order. A pattern that begins at a
 * word is narrowed by trigrams even where it is two letters long. The shortest names are the nearest.
 */
export function named(object: ObjectDefinition, searched: Sql, typed: string): Lookup[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean).slice(0, MOST_WORDS)
  if (!words.some((word) => /\p{L}|\d{2}/u.test(word)) || typed.trim().length < 2) return []
  const met = join(words.map((word) => holds(searched, word)), ' and ')
  return [
    {
      personal: object.personalTitle,
      rows: (few) => sql`select id, null as hit from (
          select t.id, length(${searched}) as length from ${identifier(object.table)} ${table} where ${met} limit ${few * 8}
        ) named order by length, id limit ${few}`,
    },
  ]
}

/** е and ё are one letter: up to two of them are spelt out both ways, and in a longer word the others as they were typed. */
function holds(searched: Sql, word: string): Sql {
  const patterns = spellings(word.replace(/[\\%_]/g, (special) => `\\${special}`)).flatMap((one) => [`${one}%`, `% ${one}%`])
  return sql`(${join(patterns.map((pattern) => sql`${searched} like ${pattern}`), ' or ')})`
}

const SPELT_OUT = 2

function spellings(word: string): string[] {
  const [first, ...rest] = word.split(/[её]/)
  return rest.reduce(
    (known, piece, index) => (index < SPELT_OUT ? known.flatMap((one) => [`${one}е${piece}`, `${one}ё${piece}`]) : known.map((one) => `${one}_${piece}`)),
    [first]
  )
}
