import { identifier, join, raw, rows, sql, within, type Sql } from '#core/database'
import { existing, expression, objects, table, type Lookup, type ObjectDefinition, type Reader } from '#core/objects'
import { named } from './names.js'

export interface Row {
  id: number
  /** The text by which it was found, where that is not its title. */
  hit: string | null
}

export const FEW = 5
/** Ways through other tables know nothing of deleted rows, so that each takes a few more than are shown. */
const SPARE = 25
const MOST_MS = 300

/** Rows of an object that what was typed may mean: by id, by a key, by words of the name. None where that takes too long. */
export async function findRows(object: ObjectDefinition, typed: string, reader: Reader): Promise<Row[]> {
  const lookups = lookupsOf(object, typed).filter(({ personal }) => !personal || reader.knows(object.name))
  if (!lookups.length) return []
  return (await within(MOST_MS, (trx) => rows<Row>(statementOf(object, lookups), trx))) ?? []
}

/** The first ways are the most exact ones, so their rows come first, in the order in which each way found them. */
export function lookupsOf(object: ObjectDefinition, typed: string): Lookup[] {
  const keys = (object.find?.keys ?? []).map((name) => byKey(object, name, typed))
  const words = object.search ? named(object, object.search(table), typed) : []
  return [...byId(object, typed), ...keys, ...(object.find?.also?.(typed) ?? []), ...words]
}

export function statementOf(object: ObjectDefinition, lookups: Lookup[]): Sql {
  const found = lookups.map(({ rows: ways }, index) => sql`(select id, hit, ${raw(String(index))} as way, row_number() over () as place from (${ways(SPARE)}) w)`)
  return sql`with found as materialized (
      select id, (array_agg(hit order by way))[1] as hit, min(way) as way, (array_agg(place order by way))[1] as place from (${join(found, ' union all ')}) each_way group by id
    )
    select t.id, found.hit from found join ${identifier(object.table)} ${table} on t.id = found.id
    where ${existing(object)} order by found.way, found.place limit ${FEW + 1}`
}

function byId(object: ObjectDefinition, typed: string): Lookup[] {
  const id = /^[№#]?\s*([1-9]\d{0,14})$/.exec(typed)?.[1]
  if (!id) return []
  return [{ rows: () => sql`select t.id, null as hit from ${identifier(object.table)} ${table} where t.id = ${Number(id)}` }]
}

function byKey(object: ObjectDefinition, name: string, typed: string): Lookup {
  const field = objects.field(object, name)
  const value = expression(field, table)
  const beginning = `${typed.replace(/^[№#]\s*/, '').replace(/[\\%_]/g, (special) => `\\${special}`)}%`
  return {
    personal: Boolean(field.personal),
    rows: (few) => sql`select t.id, ${value}::text as hit from ${identifier(object.table)} ${table}
      where ${value} like ${beginning} and ${existing(object)} order by ${value} limit ${few}`,
  }
}
