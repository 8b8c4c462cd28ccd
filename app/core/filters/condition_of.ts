import { identifier, join, sql, type Sql } from '#core/database'
import { table, type ObjectDefinition, type Reader } from '#core/objects'
import { type Group } from './ast.js'
import { compile } from './compile.js'

interface Asked {
  object: ObjectDefinition
  filter: Group
  search: string
}

/** So many rows at most are found by what stands in other tables. */
const MOST_FOUND = 1000

/** The condition over `t` of a filter and the quick search together. */
export function conditionOf({ object, filter, search }: Asked, { timezone }: Pick<Reader, 'timezone'>): Sql {
  const filtered = compile(filter, object, { timezone })
  const words = search.toLowerCase().split(/\s+/).filter(Boolean).slice(0, 5)
  if (!object.search || !words.length) return filtered
  const ways = elsewhere(object, search)
  return sql`(${filtered}) and ${ways.length ? byAnyWay(object, words, ways) : named(object.search(table), words)}`
}

const named = (searched: Sql, words: string[]): Sql => join(words.map((word) => holds(searched, word)), ' and ')

/** Ids of other tables that the text leads to: a customer by a phone in any spelling, a mail, a card. Names hold neither digits nor `@`. */
const elsewhere = ({ find }: ObjectDefinition, search: string): Sql[] =>
  /[\d@]/.test(search) ? (find?.also?.(search.trim()) ?? []).map((way) => way.rows(MOST_FOUND)) : []

/** One set of ids, since an "or" of both would ask no index. */
function byAnyWay(object: ObjectDefinition, words: string[], ways: Sql[]): Sql {
  const row = identifier('s')
  const ids = ways.map((way) => sql`select found.id from (${way}) found`)
  return sql`${table}.id in (
    select ${row}.id from ${identifier(object.table)} ${row} where ${named(object.search!(row), words)} union all ${join(ids, ' union all ')}
  )`
}

/** The trigram index narrows with any letter in the place of е and ё; then the two are taken as one. */
function holds(searched: Sql, word: string): Sql {
  const escaped = word.replace(/[\\%_]/g, '\\$&')
  const narrowed = sql`${searched} like ${`%${escaped.replace(/[её]/g, '_')}%`}`
  if (!/[её]/.test(word)) return narrowed
  return sql`(${narrowed} and translate(${searched}, 'ё', 'е') like ${`%${escaped.replaceAll('ё', 'е')}%`})`
}
