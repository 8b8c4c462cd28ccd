import { sql, type Sql } from '#core/database'
import { objects, show, type FieldDraft, type FieldType, type Reader } from '#core/objects'
import { labelled, NONE, partOf, type Changes } from './tell_changes.js'

/** Changes on one line of a list. Personal data never reaches it, whoever reads: a list is searched, sorted and exported. */
export function changesInShort(): FieldDraft {
  return { type: changesType, sql: withoutPersonal, readonly: true }
}

interface Told extends Changes {
  object: string
}

const changesType: FieldType = {
  name: 'changes',
  sqlType: 'jsonb',
  input: 'text',
  parse: (typed) => typed,
  show: ({ object, before, after }: Told, _field, reader: Reader) => {
    const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
    const sides = [before, after].filter((side) => side !== undefined)
    const words = (name: string) => sides.map((side) => inShort(object, name, side[name], reader))
    return names.map((name) => `${labelled(object, name, reader)}: ${turned(words(name))}`).join('; ')
  },
  write: (value: Told) => JSON.stringify(value),
}

/** What was empty before is told by what it became. */
const turned = (words: string[]) => (words[0] === NONE ? words.at(-1)! : words.join(' » '))

function inShort(object: string, name: string, value: unknown, reader: Reader): string {
  if (value === null || value === undefined || value === '') return NONE
  const part = typeof value === 'string' && partOf(object, name)
  if (part && part.words) return part.words(value, reader)
  if (Array.isArray(value)) return value.map((one) => (name === 'fields' ? labelled(object, String(one), reader) : String(one))).join(', ')
  const { masked, title, id } = value as { masked?: string; title?: string; id?: number }
  if (masked) return masked
  if (typeof value === 'object') return title ?? `№ ${id}`
  const field = objects.has(object) ? objects.get(object).fields.get(name) : undefined
  return field && !field.to ? show(field, value, reader) : String(value)
}

/** What our own code tells beside the values of fields. */
const OURS = ['fields', 'columns', 'format', 'rows', 'version']

/**
 * Only what is known to be nobody's is told: fields that are declared now and not personal, for of one that is no more nobody can say. What
 * has a shape of its own (a filter may name a customer) is covered too, and so are names of people referred to. Rows of old say null of the
 * side that there was not.
 */
function withoutPersonal(entry: Sql): Sql {
  const fields = objects.all().flatMap((object) => [...object.fields.values()].map((field) => ({ key: `${object.name}.${field.name}`, field })))
  const worded = objects.all().flatMap(({ name, history }) => (history?.words ? history.names().map((part) => `${name}.${part}`) : []))
  const open = [...fields.filter(({ field }) => !field.personal).map(({ key }) => key), ...worded]
  const people = fields.filter(({ field }) => field.to && objects.get(field.to).personalTitle).map(({ key }) => key)
  const side = (name: string) => sql`(
    select jsonb_object_agg(key, case
      when not (${entry}.object || '.' || key = any(${open}::text[]) or key = any(${OURS}::text[])) and value <> 'null' then ${COVER}
      when ${entry}.object || '.' || key = any(${people}::text[]) and jsonb_typeof(value) = 'object' then value - 'title'
      when jsonb_typeof(value) = 'object' and not value ? 'title' then ${COVER}
      when value #>> '{}' ~ '^[[{]' and jsonb_typeof(value) = 'string' then ${COVER}
      else value end)
    from jsonb_each(nullif(${entry}.changes -> ${name}, 'null'))
  )`
  return sql`jsonb_strip_nulls(jsonb_build_object('object', ${entry}.object, 'before', ${side('before')}, 'after', ${side('after')}))`
}

const COVER = sql`jsonb_build_object('masked', '•••')`
