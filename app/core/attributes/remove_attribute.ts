import { execute, identifier, raw, row, sql, type Transaction } from '#core/database'
import { filtersThatUse } from '#core/filters'
import { changeObjects, objects } from '#core/objects'
import { attributeOf, type Attribute } from './attribute.js'
import { AttributeHasValues, AttributeInUse } from './attribute_in_use.js'
import { indexesFor } from './index_of.js'
import { patiently } from './patiently.js'

/** Deletes an attribute that no row holds a value of: with others, values would be lost without a word. */
export async function removeAttribute(id: number, trx: Transaction) {
  const attribute = await attributeOf(id, trx)
  if (!attribute) return
  if (await isFilled(attribute, trx)) throw new AttributeHasValues({ name: attribute.name })
  await forget(attribute, trx)
}

/** Whether any row holds a value. */
export async function isFilled({ object, name, columnName }: Attribute, trx?: Transaction) {
  if (!objects.has(object)) return false
  const { table } = objects.get(object)
  const held = columnName ? sql`${identifier(columnName)} is not null` : sql`attributes ? ${name}`
  return Boolean(await row(sql`select 1 as one from ${identifier(table)} where ${held} limit 1`, trx))
}

/** Takes the attribute out of the registry, and its column or index with it. Throws `AttributeInUse`, `TableBusy`. */
export async function forget(attribute: Attribute, trx: Transaction) {
  const { id, object, name, columnName } = attribute
  await refuseUsed(attribute)
  await changeObjects(trx)
  await execute(sql`delete from attributes where id = ${id}`, trx)
  await execute(sql`update custom_tables set title_field = null where name = ${object} and title_field = ${name}`, trx)
  if (!objects.has(object)) return

  const { table, attributes } = objects.get(object)
  await patiently(trx, async () => {
    if (attributes === 'columns') await execute(sql`alter table ${identifier(table)} drop column ${identifier(columnName!)}`, trx)
    for (const { schema, name: index } of indexesFor(attribute)) await execute(sql`drop index if exists ${raw(`"${schema}"."${index}"`)}`, trx)
  })
}

/** Folders and segments that ask about the field would no longer be understood. */
async function refuseUsed({ object, name }: Attribute) {
  const [first, ...others] = await filtersThatUse(object, name)
  if (first) throw new AttributeInUse({ name, kind: first.kind, title: first.title, others: others.length })
}
