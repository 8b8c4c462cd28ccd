import { recordChangesFrom } from '#core/audit'
import { identifier, join, sql, type Sql, type Transaction } from '#core/database'
import { objects, plain, titleOf, type Field } from '#core/objects'
import { type Plan } from './plan.js'

/** Writes an update and, by the same statement, what each row was and became: as an edit by hand would tell it (F33). */
export async function keepHistory({ object, settings, actor }: Plan, update: Sql, fields: Field[], trx: Transaction) {
  const side = (row: Sql) => join(fields.map((field) => told(field, row, settings.locale)), ' || ')
  await recordChangesFrom(
    { actor, action: 'edit', object: object.name },
    sql`select id, before, after from changed`,
    trx,
    sql`with changed as (${update} returning t.id, ${side(sql`old`)} as before, ${side(sql`new`)} as after)`
  )
}

/** A field of the row that was, or of the one that is now, if it changed; a secret has no value that may be told. Plain functions: a subquery a row costs more than the update. */
function told(field: Field, row: Sql, locale: 'ru' | 'en'): Sql {
  const value = field.secret ? sql`'***'::text` : field.to ? titled(field, cell(field, row), locale) : cell(field, row)
  const changed = sql`${cell(field, sql`old`)} is distinct from ${cell(field, sql`new`)}`
  return sql`case when ${changed} then jsonb_build_object(${field.name}::text, ${value}) else '{}'::jsonb end`
}

const cell = (field: Field, row: Sql): Sql =>
  field.attribute ? sql`${row}.attributes -> ${field.name}` : sql`${row}.${identifier(field.column)}`

/** A reference is kept as it was called then. */
function titled({ to }: Field, id: Sql, locale: 'ru' | 'en'): Sql {
  const object = objects.get(to!)
  const x = identifier('x')
  return sql`(select jsonb_build_object('id', x.id, 'title', ${titleOf(object, x, { ...plain, locale })}) from ${identifier(object.table)} x where x.id = ${id})`
}
