import { identifier, raw, sql, type Sql } from '#core/database'
import {
  belongsTo, choice, date, dateTime, decimal, flag, integer, money, named, text, type Field, type FieldDraft,
} from '#core/objects'
import { type Attribute } from './attribute.js'
import { readChoices, type ChoiceValue } from './choice_list.js'

/** The tab of a card where relations stand that an administrator made. */
export const RELATED = 'related'

/** Types that an attribute may have, in the order in which they are offered. */
export const attributeTypes: Record<string, (attribute: Attribute) => FieldDraft> = {
  text: () => text(),
  longText: () => text({ format: 'multiline', max: 20_000 }),
  integer: () => integer(),
  decimal: () => decimal({ scale: 6 }),
  money: () => money(),
  date: () => date(),
  datetime: () => dateTime(),
  flag: () => flag(),
  choice: ({ choices }) => choiceOf(readChoices(choices!)),
  reference: ({ target, relation }) => belongsTo(target!, { many: relation!, tab: RELATED }),
}

/** A file says "Gold" or "Золото" where we keep `gold`. */
function choiceOf(values: ChoiceValue[]): FieldDraft {
  const spellings = new Map(values.flatMap(({ code, label, labelEn }) => [label, labelEn ?? label].map((words) => [words.toLowerCase(), code])))
  return Object.assign(choice(values.map(({ code }) => code)), { spellings })
}

/** How the text in jsonb becomes a value: what an index may hold too, so each is immutable and written in one way only. */
const casts: Record<string, (written: Sql) => Sql> = {
  text: (written) => sql`(${written} collate "ru-x-icu")`,
  longText: (written) => sql`(${written})`,
  integer: (written) => sql`(${written})::bigint`,
  decimal: (written) => sql`(${written})::numeric`,
  money: (written) => sql`(${written})::bigint`,
  date: (written) => sql`attribute_date(${written})`,
  datetime: (written) => sql`attribute_moment(${written})`,
  flag: (written) => sql`(${written})::boolean`,
  choice: (written) => sql`(${written})`,
  reference: (written) => sql`(${written})::bigint`,
}

/**
 * The value of an attribute in a column `attributes jsonb`. The name is written out, not bound: only so is it the expression of the
 * index, and `attributes.name` holds by a check no more than letters and digits.
 */
export function inJson({ name, type }: Pick<Attribute, 'name' | 'type'>, column: Sql): Sql {
  if (!/^[a-z][A-Za-z0-9]{0,39}$/.test(name)) throw new Error(`"${name}" cannot name an attribute`)
  return casts[type](sql`(${column} ->> ${raw(`'${name}'`)})`)
}

/** An attribute as a field like any other: with a column of its own in a custom table, else a key of a column that they share. */
export function attributeField(attribute: Attribute): Field {
  const { object, name, type, columnName, required, personal, indexed } = attribute
  const draft = { ...attributeTypes[type](attribute), required, personal, sortable: indexed && type !== 'longText' }
  if (columnName) return named(object, name, { ...draft, column: columnName, readonly: attribute.computed })
  const read = (row: Sql) => inJson(attribute, sql`${row}.${identifier('attributes')}`)
  return named(object, name, { ...draft, sql: read, readonly: false, attribute: true, column: 'attributes' })
}
