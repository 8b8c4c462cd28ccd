import { identifier, sql, type Sql } from '#core/database'
import { type Field } from './fields/field.js'

/** A field over the row with this alias, as filters and sorting see it: a reference is its id, a secret says no more than that it is set. */
export function expression(field: Field, alias: Sql): Sql {
  if (field.secret) return sql`case when ${alias}.${identifier(field.column)} is not null then '••••••' end`
  return field.sql ? field.sql(alias) : sql`${alias}.${identifier(field.column)}`
}
