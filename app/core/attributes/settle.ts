import { execute, identifier, row, sql, type Transaction } from '#core/database'
import { changeObjects, InvalidFields, objects, type Actor, type ObjectDefinition, type Values } from '#core/objects'
import { attributeOf } from './attribute.js'
import { clearJob } from './clear_job.js'
import { columnOf } from './column_of.js'
import { indexJob } from './index_job.js'
import { keyedObjects } from './keyed_objects.js'
import { patiently } from './patiently.js'

/** What follows when the row of an attribute is written: its column, its index, and the word to every process. */
export async function settle(id: number, values: Values, trx: Transaction, actor: Actor) {
  await changeObjects(trx)
  const isNew = 'type' in values
  if (!isNew) return
  const attribute = (await attributeOf(id, trx))!
  const object = objects.get(attribute.object)
  if (attribute.columnName) await addColumn(id, object, trx)
  else await refuseLeftovers(object, attribute.name, trx)
  await indexJob.start({ attributeId: id }, { actor, trx, title: attribute.label, subject: { object: 'attribute', id } })
}

async function addColumn(id: number, object: ObjectDefinition, trx: Transaction) {
  const attribute = (await attributeOf(id, trx))!
  const column = columnOf(attribute, await keyedObjects(trx))
  await patiently(trx, () => execute(sql`alter table ${identifier(object.table)} add column ${column}`, trx))
}

/** Values of a deleted field of the same name are being cleared away: they may not fit this one, and its own would go with them. */
async function refuseLeftovers({ name: object, table }: ObjectDefinition, name: string, trx: Transaction) {
  const clearing = sql`select from job_runs where state in ('waiting', 'running', 'stopping') and job = ${clearJob.name}
    and payload @> ${JSON.stringify({ object, name })}::jsonb`
  const held = sql`select from ${identifier(table)} where attributes ? ${name}`
  const found = await row<{ left: boolean }>(sql`select exists (${clearing}) or exists (${held}) as left`, trx)
  if (found!.left) throw InvalidFields.at('name', 'stillHeld')
}
