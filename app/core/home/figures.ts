import { identifier, join, quotedName, row, rows, sql, type Sql } from '#core/database'
import { compile, type Condition, type FilterNode } from '#core/filters'
import { existing, expression, objects, table, type Reader } from '#core/objects'
import { daysOf, type Period } from './period.js'
import { type Point, type RowSet } from './widget.js'

/** Rows of an object that meet all of these. */
export const rowSet = (object: string, ...of: FilterNode[]): RowSet => ({ object, filter: { logic: 'and', of } })

/** The same rows, narrowed further. */
export const within = ({ object, filter }: RowSet, ...of: FilterNode[]): RowSet => rowSet(object, ...filter.of, ...of)

/** A moment that lies in the period. */
export const during = (field: string, { from, to }: Period): Condition => ({ field, operator: 'between', value: [from, to] })

const onDay = (field: string, day: string): Condition => ({ field, operator: 'equal', value: [day] })

/** How many rows the list behind it has: both ask by the same filter. */
export async function countOf(set: RowSet, reader: Reader): Promise<number> {
  const { count } = await sumsOf(set, {}, reader)
  return count
}

/** How many rows there are, and aggregates over them by name; an aggregate of no rows is 0. */
export async function sumsOf<Name extends string>(set: RowSet, sums: Record<Name, (row: Sql) => Sql>, reader: Reader) {
  const found = await row<Record<Name | 'count', number>>(sql`select count(*) as count${columns(sums)} from ${source(set, reader)}`)
  return found!
}

/**
 * The rows of each day of the period by a moment of theirs, and what they sum up to. One walk along the index of that moment; a day
 * without rows is a day all the same.
 */
export async function perDay<Name extends string>(
  set: RowSet,
  field: string,
  period: Period,
  reader: Reader,
  sums: Record<Name, (row: Sql) => Sql> = {} as never
): Promise<Point[]> {
  const object = objects.get(set.object)
  const moment = expression(objects.field(object, field), table)
  const found = await rows<Record<string, number> & { day: string }>(
    sql`select to_char(${moment} at time zone ${reader.timezone}, 'YYYY-MM-DD') as day, count(*) as count${columns(sums)}
      from ${source(within(set, during(field, period)), reader)} group by 1`
  )
  const byDay = new Map(found.map((one) => [one.day, one]))
  const names = ['count', ...Object.keys(sums)]
  return daysOf(period).map((day) => ({
    label: day,
    values: names.map((name) => Number(byDay.get(day)?.[name] ?? 0)),
    rows: within(set, onDay(field, day)),
  }))
}

/** `from` and `where` of these rows, with the alias `t`. */
export function source({ object: name, filter }: RowSet, { timezone }: Reader): Sql {
  const object = objects.get(name)
  return sql`${identifier(object.table)} ${table} where ${existing(object)} and ${compile(filter, object, { timezone })}`
}

function columns(sums: Record<string, (row: Sql) => Sql>): Sql {
  const all = Object.entries(sums).map(([name, aggregate]) => sql`, coalesce(${aggregate(table)}, 0)::bigint as ${quotedName(name)}`)
  return all.length ? join(all, ' ') : sql``
}
