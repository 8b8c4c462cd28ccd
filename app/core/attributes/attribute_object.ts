import { execute, identifier, row, sql, type Transaction } from '#core/database'
import { choice, defineObject, InvalidFields, objects, text, type Values } from '#core/objects'
import { attributeTypes } from './attribute_field.js'
import { AttributeInUse } from './attribute_in_use.js'
import { outdateAttributes } from './refresh.js'

/** A field that an administrator added to an object (F3). */
export const attributeObject = defineObject({
  name: 'attribute',
  table: 'attributes',
  path: 'attributes',
  title: (attribute) => sql`${attribute}.label`,
  fields: {
    object: choice(open, { required: true, fixed: true }),
    name: text({ required: true, fixed: true, max: 40 }),
    label: text({ required: true, sortable: true, max: 100 }),
    type: choice(() => Object.keys(attributeTypes), { required: true, fixed: true }),
  },
  columns: ['id', 'createdAt', 'object', 'name', 'label', 'type'],
  create: ['object', 'name', 'label', 'type'],
  small: true,
  rights: { administrator: ['read', 'create', 'edit', 'delete'] },
  verbs: { before: checkName, after: outdateAttributes, remove: removeUnused },
})

/** Objects whose tables have room for attributes. */
function open() {
  return objects.all().filter((object) => object.attributes).map((object) => object.name)
}

async function checkName(values: Values, _trx: Transaction, id?: number): Promise<Values> {
  if (id) return values
  const { object, name } = values as { object: string; name: string }
  if (!/^[a-z][A-Za-z0-9]*$/.test(name)) throw InvalidFields.at('name', 'attributeName')
  if (objects.get(object).fields.has(name)) throw InvalidFields.at('name', 'taken')
  return values
}

/** An attribute that rows still hold a value of stays: its values would be lost without a word. */
async function removeUnused(id: number, trx: Transaction) {
  const attribute = await row<{ object: string; name: string }>(sql`select object, name from attributes where id = ${id}`, trx)
  if (!attribute) return
  const { table } = objects.get(attribute.object)
  const used = await row(sql`select 1 from ${identifier(table)} where attributes ? ${attribute.name} limit 1`, trx)
  if (used) throw new AttributeInUse({ name: attribute.name })
  await execute(sql`delete from attributes where id = ${id}`, trx)
  await outdateAttributes()
}
