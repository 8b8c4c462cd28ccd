import { join, sql, type Sql } from '#core/database'
import { table, type ObjectDefinition, type Reader } from '#core/objects'
import { type Group } from './ast.js'
import { compile } from './compile.js'

interface Asked {
  object: ObjectDefinition
  filter: Group
  search: string
}

/** The condition over `t` of a filter and the quick search together. */
export function conditionOf({ object, filter, search }: Asked, { timezone }: Pick<Reader, 'timezone'>): Sql {
  const filtered = compile(filter, object, { timezone })
  const words = search.toLowerCase().split(/\s+/).filter(Boolean).slice(0, 5)
  if (!object.search || !words.length) return filtered
  const searched = object.search(table)
  return sql`(${filtered}) and ${join(words.map((word) => holds(searched, word)), ' and ')}`
}

/** The trigram index narrows with any letter in the place of е and ё; then the two are taken as one. */
function holds(searched: Sql, word: string): Sql {
  const escaped = word.replace(/[\\%_]/g, '\\$&')
  const narrowed = sql`${searched} like ${`%${escaped.replace(/[её]/g, '_')}%`}`
  if (!/[её]/.test(word)) return narrowed
  return sql`(${narrowed} and translate(${searched}, 'ё', 'е') like ${`%${escaped.replaceAll('ё', 'е')}%`})`
}
