import { execute, identifier, raw, row, sql, type Transaction } from '#core/database'
import { changeObjects, objects } from '#core/objects'
import { attributeOf, type Attribute } from './attribute.js'
import { AttributeInUse } from './attribute_in_use.js'
import { indexOf } from './index_of.js'
import { PATIENCE } from './settle.js'

/** Deletes an attribute that no row holds a value of: with others, values would be lost without a word. */
export async function removeAttribute(id: number, trx: Transaction) {
  const attribute = await attributeOf(id, trx)
  if (!attribute) return
  if (await isFilled(attribute, trx)) throw new AttributeInUse({ name: attribute.name })
  await forget(attribute, trx)
}

/** Whether any row holds a value. */
export async function isFilled({ object, name, columnName }: Attribute, trx?: Transaction) {
  if (!objects.has(object)) return false
  const { table } = objects.get(object)
  const held = columnName ? sql`${identifier(columnName)} is not null` : sql`attributes ? ${name}`
  return Boolean(await row(sql`select 1 as one from ${identifier(table)} where ${held} limit 1`, trx))
}

/** Takes the attribute out of the registry, and its column or index with it. */
export async function forget(attribute: Attribute, trx: Transaction) {
  await changeObjects(trx)
  await execute(sql`delete from attributes where id = ${attribute.id}`, trx)
  if (!objects.has(attribute.object)) return
  await execute(PATIENCE, trx)
  const { table, attributes } = objects.get(attribute.object)
  if (attributes === 'columns') await execute(sql`alter table ${identifier(table)} drop column ${identifier(attribute.columnName!)}`, trx)
  const { schema, name } = indexOf(attribute)
  await execute(sql`drop index if exists ${raw(`"${schema}"."${name}"`)}`, trx)
}
