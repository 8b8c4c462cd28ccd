import { allAttributes } from '#core/attributes'
import { recordChange } from '#core/audit'
import { row, sql, type Transaction } from '#core/database'
import { changeObjects, InvalidFields, type Actor } from '#core/objects'
import { type CustomTable } from '../custom_table.js'
import { type PlannedField } from '../plan.js'
import { writeFields } from '../register.js'
import { drawView, markFound, shownBy } from './adopt_table.js'
import { foundColumns, type FoundColumn } from './columns.js'
import { foundRelation, type Relation } from './relations.js'

export interface Free {
  relation: Relation
  columns: FoundColumn[]
  /** Those that no field shows yet. */
  free: FoundColumn[]
}

/** Undefined where the table is gone, or was registered before the columns of its fields were kept. */
export async function freeColumns(table: CustomTable, trx?: Transaction): Promise<Free | undefined> {
  const relation = await relationOf(table, trx)
  const taken = (await allAttributes(trx)).filter(({ object }) => object === table.name).map(({ sourceColumn }) => sourceColumn)
  if (!relation || taken.includes(null)) return undefined
  const columns = await foundColumns(relation)
  return { relation, columns, free: columns.filter(({ name }) => name !== table.keyColumn && !taken.includes(name)) }
}

async function relationOf({ sourceSchema, sourceTable }: CustomTable, trx?: Transaction) {
  const found = await row<{ id: number | null }>(sql`select to_regclass(format('%I.%I', ${sourceSchema}::text, ${sourceTable}::text))::oid::bigint as id`, trx)
  return found?.id ? foundRelation(found.id) : undefined
}

/** A further field of a found table shows one more of its columns. Throws `InvalidFields`, `TableBusy`. */
export async function takeColumn(table: CustomTable, field: PlannedField, actor: Actor, trx: Transaction) {
  await changeObjects(trx)
  const found = await freeColumns(table, trx)
  if (!found?.free.some(({ name }) => name === field.from)) throw InvalidFields.at('from', 'columnGone')
  const fields = await writeFields(table.name, [field], shownBy(found.columns), trx)
  await drawView(table, { ...found, key: table.keyColumn! }, trx)
  await markFound(fields, found.columns, trx)
  const after = { object: table.name, name: field.name, label: field.label, type: field.type }
  await recordChange({ actor, action: 'create', object: 'attribute', id: fields[0].id, after }, trx)
}
