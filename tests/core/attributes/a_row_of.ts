import { identifier, join, raw, row, rows, sql } from '#core/database'
import { objects } from '#core/objects'

interface Column {
  name: string
  type: string
  /** Table and column that a foreign key leads to. */
  to: string | null
  far: string | null
  /** Name of the key: columns of one key are of one row. */
  key: string | null
  /** No two rows have the same value. */
  unique: boolean
}

let made = 0

/** A row of any table that holds what PostgreSQL asks for and nothing more, by its catalogue; whoever it must point at is made first. */
export async function aRowOf(table: string): Promise<number> {
  made += 1
  const columns = await needed(table)
  const allThereIs = columns.some(({ name, unique }) => unique && fieldOf(table, name)?.values) ? await present(table) : []
  if (allThereIs.length) return allThereIs[made % allThereIs.length].id
  const keys = await Promise.all([...new Set(columns.flatMap(({ key }) => key ?? []))].map(async (key) => [key, await pointed(columns, key)] as const))
  const rowsOfKeys = new Map(keys)
  const values = columns.map(({ name, type, key, far, unique }) => (key ? sql`${rowsOfKeys.get(key)![far!]}::${raw(type)}` : sql`${valueOf(table, name, type, unique)}::${raw(type)}`))
  const written = await row<{ id: number }>(
    columns.length
      ? sql`insert into ${identifier(table)} (${join(columns.map(({ name }) => identifier(name)))}) values (${join(values)}) returning id`
      : sql`insert into ${identifier(table)} default values returning id`
  )
  return written!.id
}

/** One row for each value of a choice: those that came along are all that there can be. */
const present = (table: string) => rows<{ id: number }>(sql`select id from ${identifier(table)} order by id`)

async function pointed(columns: Column[], key: string): Promise<Record<string, unknown>> {
  const table = columns.find((column) => column.key === key)!.to!
  const id = await aRowOf(table)
  return (await row<Record<string, unknown>>(sql`select * from ${identifier(table)} where id = ${id}`))!
}

/** Columns without a default that may not be null, and names, which checks ask for; of two keys over one column the wider one counts. */
function needed(table: string) {
  return rows<Column>(
    sql`select a.attname as name, format_type(a.atttypid, a.atttypmod) as type, k.name as key, k.to, k.far,
        exists (select from pg_index i where i.indrelid = a.attrelid and i.indisunique and i.indnkeyatts = 1 and i.indkey[0] = a.attnum) as unique
      from pg_attribute a
      left join lateral (
        select c.conname as name, c.confrelid::regclass::text as to, f.attname as far
        from pg_constraint c join pg_attribute f on f.attrelid = c.confrelid and f.attnum = c.confkey[array_position(c.conkey, a.attnum)]
        where c.conrelid = a.attrelid and c.contype = 'f' and a.attnum = any(c.conkey) order by cardinality(c.conkey) desc limit 1
      ) k on true
      where a.attrelid = ${table}::regclass and a.attnum > 0 and not a.attisdropped and (a.attnotnull or a.attname = 'name_ru')
        and not a.atthasdef and a.attidentity = '' and a.attgenerated = ''`
  )
}

/** A choice takes the last of what its object declares: the plainest by custom. */
function valueOf(table: string, column: string, type: string, unique: boolean): unknown {
  const field = fieldOf(table, column)
  if (field?.values) return field.values.at(unique ? made % field.values.length : -1)
  if (/^(bigint|integer|smallint|numeric)/.test(type)) return 1
  if (/^(timestamp|date)/.test(type)) return '2026-06-01'
  if (type === 'boolean') return false
  if (type === 'jsonb') return '{}'
  if (type === 'uuid') return '00000000-0000-4000-8000-000000000000'
  return `x${made}`
}

function fieldOf(table: string, column: string) {
  return objects.all().filter((object) => object.table === table).flatMap(({ fields }) => [...fields.values()]).find((one) => one.column === column)
}
