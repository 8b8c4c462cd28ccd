import { said } from '#core/attributes'
import { empty, identifier, join, sql, type Sql } from '#core/database'
import { expression, objects, type Field, type ObjectDefinition } from '#core/objects'

/** A referenced row as macros know it: how it is called, and its fields. */
export interface ReferredRow {
  title: string | null
  fields: Record<string, unknown>
}

/** Whose language, and which objects may be told of: the author of a mail looks at it only as far as they may read. */
export interface Telling {
  locale: Sql
  reads: (object: string) => boolean
}

/** Fields of the customer that an administrator added, as a mail tells them. Added to `u.attributes` with `||`. */
export function toldAttributes(u: Sql, telling: Telling): Sql {
  const told = [...objects.get('user').fields.values()].filter(({ attribute, type }) => attribute && Object.hasOwn(ways, type.name))
  return told.length ? sql`|| jsonb_strip_nulls(${together(told, u, telling)})` : empty
}

/** The row that a reference of the customer leads to. */
export function referred(to: ObjectDefinition, id: Sql, telling: Telling): Sql {
  const r = identifier('referred')
  const fields = telling.reads(to.name) ? together(reachable(to), r, telling, titleAlone) : sql`'{}'::jsonb`
  return sql`(select jsonb_build_object('title', ${titleIn(to, r, telling)}, 'fields', ${fields}) from ${identifier(to.table)} ${r} where ${r}.id = ${id})`
}

/** What a mail may tell of a row that the customer points at: nothing that is personal, for it is another's. */
export function reachable(object: ObjectDefinition): Field[] {
  return [...object.fields.values()].filter(({ name, personal, secret, attribute, sql: computed, to }) => {
    const shown = !personal && !secret && (attribute || !computed) && !STANDARD.includes(name)
    return shown && !(to && objects.get(to).personalTitle)
  })
}

const STANDARD = ['createdAt', 'updatedAt']

type Way = (field: Field, row: Sql, telling: Telling) => Sql

/** Types whose value is not what a mail says: each as jsonb, in the language of the customer, money in major units. */
const ways: Record<string, Way> = {
  choice: (field, row, { locale }) => sql`${JSON.stringify(wordsOf(field))}::jsonb -> ${locale} -> ${expression(field, row)}`,
  money: (field, row) => sql`to_jsonb(trim_scale(${expression(field, row)} / 100.0)::text)`,
  reference: (field, row, telling) => referred(objects.get(field.to!), expression(field, row), telling),
}

/** Behind a reference there is no further one to follow. */
const titleAlone: Way = (field, row, telling) => {
  const to = objects.get(field.to!)
  const far = identifier('far')
  return sql`to_jsonb((select ${titleIn(to, far, telling)} from ${identifier(to.table)} ${far} where ${far}.id = ${expression(field, row)}))`
}

/** A hundred arguments are all that a function takes, and there may be twice as many fields. */
function together(fields: Field[], row: Sql, telling: Telling, reference: Way = ways.reference): Sql {
  const plain: Way = (field) => sql`to_jsonb(${expression(field, row)})`
  const pairs = fields.map((field) => {
    const way = field.to ? reference : (ways[field.type.name] ?? plain)
    return sql`(${field.name}::text, ${way(field, row, telling)})`
  })
  return sql`(select jsonb_object_agg(told.name, told.value) from (values ${join(pairs)}) as told(name, value))`
}

function titleIn(to: ObjectDefinition, row: Sql, { locale }: Telling): Sql {
  return sql`case ${locale} when 'en' then ${to.title(row, 'en')} else ${to.title(row, 'ru')} end`
}

/** `{ ru: { gold: 'Золото' }, en: { gold: 'Gold' } }` */
function wordsOf({ object, name, values }: Field) {
  const wordsIn = (language: 'ru' | 'en') =>
    Object.fromEntries(values!.map((value) => [value, said(`${object}.choices.${name}.${value}`, language)]))
  return { ru: wordsIn('ru'), en: wordsIn('en') }
}
