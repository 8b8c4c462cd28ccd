import { said } from '#core/attributes'
import { empty, identifier, join, sql, type Sql } from '#core/database'
import { expression, objects, type Field } from '#core/objects'

/**
 * Attributes of the customer whose value is not what a mail says: a choice and a reference are told by their titles in the language of
 * the customer, money in major units. Added to `u.attributes` with `||`.
 */
export function attributeTitles(u: Sql): Sql {
  const told = [...objects.get('user').fields.values()].filter(({ attribute, type }) => attribute && Object.hasOwn(titles, type.name))
  if (!told.length) return empty
  const names = join(told.map(({ name }) => sql`${name}::text`))
  const values = join(told.map((field) => sql`(${titles[field.type.name](field, u)})::text`))
  return sql`|| jsonb_strip_nulls(jsonb_object(array[${names}], array[${values}]))`
}

const titles: Record<string, (field: Field, u: Sql) => Sql> = {
  choice: (field, u) => sql`${JSON.stringify(wordsOf(field))}::jsonb -> ${u}.locale ->> ${expression(field, u)}`,
  reference(field, u) {
    const to = objects.get(field.to!)
    const r = identifier('titled')
    return sql`select case ${u}.locale when 'en' then ${to.title(r, 'en')} else ${to.title(r, 'ru')} end
      from ${identifier(to.table)} ${r} where ${r}.id = ${expression(field, u)}`
  },
  money: (field, u) => sql`trim_scale(${expression(field, u)} / 100.0)`,
}

/** `{ ru: { gold: 'Золото' }, en: { gold: 'Gold' } }` */
function wordsOf({ object, name, values }: Field) {
  const wordsIn = (language: 'ru' | 'en') =>
    Object.fromEntries(values!.map((value) => [value, said(`${object}.choices.${name}.${value}`, language)]))
  return { ru: wordsIn('ru'), en: wordsIn('en') }
}
