import { raw, row, rows, sql, within, type Sql } from '#core/database'
import { type Relation } from './relations.js'

/** A column of a table that was found, and what becomes of it here. */
export interface FoundColumn {
  name: string
  /** As PostgreSQL calls its type. */
  sqlType: string
  /** The type of field that shows it. */
  type: string
  /** Read as it is; else by a cast, and then it is neither written nor sorted by. */
  plain: boolean
  /** Whole numbers may be a key, or point at rows of ours. */
  whole: boolean
  indexed: boolean
  /** No two rows have the same value, so an import may tell rows by it. */
  unique: boolean
  /** New rows get it by themselves. */
  generated: boolean
  /** Where their numbers come from. */
  sequence: string | null
  required: boolean
  select: (column: Sql) => Sql
}

interface Kind {
  type: string
  whole?: boolean
  /** Absent where the column is read as it is. */
  cast?: (column: Sql) => Sql
}

const asText = (column: Sql) => sql`${column}::text`

/** Types of PostgreSQL by their inner names; any other is shown as text. */
const kinds: Record<string, Kind> = {
  int2: { type: 'integer', whole: true },
  int4: { type: 'integer', whole: true },
  int8: { type: 'integer', whole: true },
  numeric: { type: 'decimal' },
  float4: { type: 'decimal', cast: (column) => sql`${column}::numeric` },
  float8: { type: 'decimal', cast: (column) => sql`${column}::numeric` },
  text: { type: 'text' },
  varchar: { type: 'text' },
  bool: { type: 'flag' },
  date: { type: 'date' },
  timestamptz: { type: 'datetime' },
  timestamp: { type: 'datetime', cast: (column) => sql`(${column} at time zone 'UTC')` },
  json: { type: 'longText', cast: asText },
  jsonb: { type: 'longText', cast: asText },
}

const HIDDEN = ['bytea', 'tsvector', 'tsquery']

interface Row {
  name: string
  sqlType: string
  inner: string
  indexed: boolean
  unique: boolean
  generated: boolean
  sequence: string | null
  required: boolean
}

/** Columns that may be chosen, in the order of the table. */
export async function foundColumns({ id }: Relation): Promise<FoundColumn[]> {
  const found = await rows<Row>(
    sql`select a.attname as name, format_type(a.atttypid, a.atttypmod) as "sqlType", t.typname as inner,
        exists (select from pg_index i where i.indrelid = a.attrelid and i.indisvalid and i.indpred is null and i.indkey[0] = a.attnum) as indexed,
        exists (select from pg_index i where i.indrelid = a.attrelid and i.indisvalid and i.indisunique and i.indpred is null and i.indnkeyatts = 1
          and i.indkey[0] = a.attnum) as unique,
        coalesce(pg_get_serial_sequence(a.attrelid::regclass::text, a.attname),
          substring(pg_get_expr(d.adbin, d.adrelid) from '^nextval\\(''(.+)''::regclass\\)$')) as sequence,
        a.attidentity <> '' or coalesce(pg_get_expr(d.adbin, d.adrelid) like 'nextval(%', false) as generated,
        a.attnotnull and not a.atthasdef and a.attidentity = '' as required
      from pg_attribute a join pg_type t on t.oid = a.atttypid
      left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where a.attrelid = ${id}::bigint::oid and a.attnum > 0 and not a.attisdropped and has_column_privilege(a.attrelid, a.attnum, 'select')
      order by a.attnum`
  )
  return found.filter(({ inner }) => !HIDDEN.includes(inner)).map(columnOf)
}

function columnOf({ name, sqlType, inner, indexed, unique, generated, sequence, required }: Row): FoundColumn {
  const kind: Kind = Object.hasOwn(kinds, inner) ? kinds[inner] : { type: 'text', cast: asText }
  const { type, cast, whole = false } = kind
  return { name, sqlType, type, whole, plain: !cast, indexed: indexed && !cast, unique: unique && !cast, generated, sequence, required, select: cast ?? ((column) => column) }
}

/** A name of somebody else, which may hold any sign, quoted as PostgreSQL quotes. It comes from the catalogue and nowhere else. */
export const quoted = (...names: string[]): Sql => raw(names.map((name) => `"${name.replaceAll('"', '""')}"`).join('.'))

/** The first rows, for a look before anything is made. */
export async function firstRows({ schema, name }: Relation, columns: FoundColumn[]): Promise<(string | null)[][]> {
  if (!columns.length) return []
  const cells = columns.map((column) => raw(`left((${column.select(quoted(column.name)).sql})::text, 200)`))
  const list = cells.map(({ sql: cell }) => cell).join(', ')
  const found = await within(3000, (trx) =>
    rows<{ cells: (string | null)[] }>(sql`select array[${raw(list)}] as cells from ${quoted(schema, name)} limit 5`, trx)
  )
  return (found ?? []).map((one) => one.cells)
}

const LARGEST_SAFE = Number.MAX_SAFE_INTEGER

/** Whether every row has a whole number of its own there: what a key must be. Undefined when that takes too long to tell. */
export async function isKey({ schema, name }: Relation, column: FoundColumn): Promise<boolean | undefined> {
  const key = quoted(column.name)
  const told = await within(20_000, (trx) =>
    row<{ fits: boolean }>(
      sql`select count(*) = count(distinct ${key}) and coalesce(min(${key}) > 0 and max(${key}) <= ${LARGEST_SAFE}::bigint, true) as fits
        from ${quoted(schema, name)}`,
      trx
    )
  )
  return told?.fits
}
