import { allAttributes, type Attribute } from '#core/attributes'
import { objects, type Panel, type Reader } from '#core/objects'
import { tableOf, type CustomTable } from './custom_table.js'

/** The fields of a table, to be put in order, renamed, added to. */
export const fieldsPanel: Panel = { name: 'fields', tab: 'fields', view: 'tables::components/fields', load: fieldsOf }

export async function fieldsOf(id: number, reader: Reader) {
  const table = (await tableOf(id))!
  const found = (await allAttributes()).filter(({ object }) => object === table.name)
  return {
    table,
    more: addressOfMore(table, found),
    fields: found.map((field, index) => ({
      ...field,
      typeName: reader.t(`attribute.choices.type.${field.type}`),
      targetName: field.target && (objects.has(field.target) ? reader.t(`${field.target}.many`) : field.target),
      first: index === 0,
      last: index === found.length - 1,
    })),
  }
}

/** Where a field is added: to a table that was found, one of its columns, if it is known which of them are shown. */
function addressOfMore({ id, name, origin }: CustomTable, fields: Attribute[]) {
  if (origin === 'made') return `/attributes/create?object=${name}`
  return fields.some(({ sourceColumn }) => sourceColumn === null) ? undefined : `/tables/${id}/columns/create`
}
