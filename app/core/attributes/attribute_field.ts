import { raw, sql, type Sql } from '#core/database'
import { date, dateTime, decimal, flag, integer, money, named, text, type Field, type FieldDraft } from '#core/objects'

export interface Attribute {
  object: string
  name: string
  /** What the administrator called it; it is not translated. */
  label: string
  type: string
}

/** Types that an attribute may have. */
export const attributeTypes: Record<string, () => FieldDraft> = { text, integer, decimal, money, date, datetime: dateTime, flag }

/** An attribute as a field like any other: read from jsonb, compared in its own type, written into one column with the rest. */
export function attributeField({ object, name, label, type }: Attribute): Field {
  const draft = attributeTypes[type]()
  const cast = raw(draft.type.sqlType)
  const read = (row: Sql) => sql`(${row}.attributes ->> ${name})::${cast}`
  return named(object, name, { ...draft, sql: read, readonly: false, attribute: true, label, column: 'attributes' })
}
