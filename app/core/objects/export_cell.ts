import { identifier, sql, type Sql } from '#core/database'
import { hidden, type Field, type Reader } from './fields/field.js'
import { expression } from './expression.js'
import { table, target, titleOf } from './records.js'
import { objects } from './registry.js'

/** Text of a field for a CSV that PostgreSQL writes: as `FieldType.write` would say it, a reference by its title. */
export function exportCell(field: Field, reader: Reader): Sql {
  if (hidden(field, reader)) return sql`null::text`
  const value = field.to ? referred(field, reader) : expression(field, table)
  return texts[field.type.name]?.(value, reader) ?? harmless(value)
}

function referred(field: Field, reader: Reader): Sql {
  const to = objects.get(field.to!)
  const r = identifier('r')
  return sql`(select ${titleOf(to, r, reader)} from ${identifier(to.table)} r where r.id = ${target(field, table)})`
}

const plain = (value: Sql) => sql`(${value})::text`

/** Types whose text is not simply the column's; anything else may hold what a person typed. */
const texts: Record<string, (value: Sql, reader: Reader) => Sql> = {
  integer: plain,
  date: plain,
  decimal: (value) => sql`trim_scale(${value})::text`,
  money: (value) => sql`((${value}) / 100.0)::numeric(20, 2)::text`,
  flag: (value) => sql`case when ${value} then '1' when not ${value} then '0' end`,
  datetime: (value, reader) => sql`to_char((${value}) at time zone ${reader.timezone}, 'YYYY-MM-DD HH24:MI:SS')`,
}

/** A spreadsheet takes a cell that starts so for a formula (ASVS 1.2.10); the quote is taken off again by an import. */
function harmless(value: Sql): Sql {
  return sql`regexp_replace((${value})::text, '^(''*[=+@\t\r-])', '''\\1')`
}
