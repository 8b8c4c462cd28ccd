import { join, sql, type Sql } from '#core/database'

/**
 * Case-blind search in text with е = ё. The searched expression is `lower(x)`, word for word that of the trigram indexes, so
 * the letter is folded in the pattern and not in the column.
 */
export function contains(x: Sql, term: string): Sql {
  return containsIn(sql`lower(${x})`, term)
}

/** The same in a text that is in small letters already. */
export function containsIn(lowered: Sql, term: string): Sql {
  return like(lowered, term, (pattern) => `%${pattern}%`)
}

export function startsWith(x: Sql, term: string): Sql {
  return like(sql`lower(${x})`, term, (pattern) => `${pattern}%`)
}

/** A shorter term has no trigram, so that no index finds it. */
export const hasTrigram = (term: string) => [...term.trim()].length >= 3

function like(lowered: Sql, term: string, around: (pattern: string) => string): Sql {
  const pieces = term.split(/[её]/i).map(escaped)
  const matches = (pattern: string) => sql`${lowered} like lower(${around(pattern)})`
  if (pieces.length - 1 <= FEW) return either(spellings(pieces).map(matches))
  const folded = around(pieces.join('е'))
  return sql`(${matches(pieces.join('_'))} and replace(${lowered}, 'ё', 'е') like lower(${folded}))`
}

/** Up to so many letters е are spelt out, each spelling a search by index; beyond, any letter narrows and the fold decides. */
const FEW = 2

function spellings([first, ...rest]: string[]): string[] {
  return rest.reduce((known, piece) => known.flatMap((one) => [`${one}е${piece}`, `${one}ё${piece}`]), [first])
}

/** Any of several. */
export function either(conditions: Sql[]): Sql {
  return conditions.length === 1 ? conditions[0] : sql`(${join(conditions, ' or ')})`
}

function escaped(text: string) {
  return text.replace(/[\\%_]/g, (special) => `\\${special}`)
}
