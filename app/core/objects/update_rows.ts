import { execute, identifier, join, raw, sql, type Sql, type Transaction } from '#core/database'
import { type Change } from './actor.js'
import { type ObjectDefinition } from './define_object.js'
import { type Field } from './fields/field.js'
import { guarded } from './guarded.js'
import { objects } from './registry.js'

/** By one statement, whichever fields each row names. */
export async function updateRows(object: ObjectDefinition, changes: Change[], trx: Transaction) {
  if (!changes.length) return
  const names = [...new Set(changes.flatMap(({ values }) => Object.keys(values)))]
  const fields = names.map((name) => objects.field(object, name))
  const assignments = fields.filter(({ attribute }) => !attribute).map(assigned)
  if (assignments.length < fields.length) assignments.push(attributesOf(fields))
  if (object.fields.has('updatedAt')) assignments.push(sql`updated_at = now()`)
  await guarded(object, () =>
    execute(
      sql`update ${identifier(object.table)} t set ${join(assignments)}
        from jsonb_to_recordset(${JSON.stringify(changes.map(({ id, values }) => ({ id, values })))}::jsonb) as s (id bigint, "values" jsonb) where t.id = s.id`,
      trx
    )
  )
}

function assigned({ name, column, type }: Field): Sql {
  const own = identifier(column)
  return sql`${own} = case when s."values" ? ${name} then (s."values" ->> ${name})::${raw(type.sqlType)} else t.${own} end`
}

/** They share a column; an empty one leaves it. */
function attributesOf(fields: Field[]): Sql {
  const others = fields.filter(({ attribute }) => !attribute).map(({ name }) => name)
  return sql`attributes = jsonb_strip_nulls(t.attributes || (s."values" - ${others}::text[]))`
}
