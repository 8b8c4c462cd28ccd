import { attributeField, type Attribute } from '#core/attributes'
import { identifier, sql, type Sql } from '#core/database'
import { EVERY_LINE } from '#core/imports'
import { defineObject, deleteRow, type Field, type ImportRules, type ObjectDefinition } from '#core/objects'
import { type CustomTable } from './custom_table.js'

/** Fields that a list opens with; whoever wants others chooses them. */
const SHOWN = 7

/** A custom table as an object like any other: from here on nothing knows that no programmer declared it. */
export function objectOfTable(table: CustomTable, attributes: Attribute[]): ObjectDefinition {
  const { name, path, tableName, origin, editable } = table
  const made = origin === 'made'
  const fields = attributes.map((attribute) => fieldOf(attribute, editable))
  const onCard = attributes.filter(({ place }) => place !== 'none').map((attribute) => attribute.name)
  const title = fields.find((field) => field.name === table.titleField)

  return defineObject({
    name,
    table: `custom.${tableName}`,
    path,
    title: (row) => titleOf(row, title),
    personalTitle: title?.personal,
    search: made && title?.type.name === 'text' ? (row) => sql`lower(${row}.${identifier(title.column)})` : undefined,
    trash: made,
    without: made ? [] : ['createdAt', 'updatedAt'],
    fields: Object.fromEntries(fields.map((field) => [field.name, field])),
    columns: ['id', ...onCard.slice(0, SHOWN)],
    card: [...onCard, ...(made ? ['createdAt', 'updatedAt'] : [])],
    create: editable ? fields.filter(({ readonly }) => !readonly).map((field) => field.name) : undefined,
    rights: rightsOf(table, fields.some(({ personal }) => personal)),
    importable: editable ? { match: [...attributes.filter(({ tellsApart }) => tellsApart).map((one) => one.name), 'id', EVERY_LINE], behind: behind(table, attributes) } : undefined,
    attributes: made ? 'columns' : 'none',
    segmentable: true,
    verbs: editable ? { remove: (id, trx) => deleteRow(`custom.${tableName}`, id, trx) } : undefined,
  })
}

/** A found table keeps its rows where they are. */
function behind({ sourceSchema: schema, sourceTable, keyColumn: id }: CustomTable, attributes: Attribute[]): ImportRules['behind'] {
  if (!schema || !sourceTable || !id) return undefined
  const columns = attributes.flatMap(({ columnName, sourceColumn }) => (sourceColumn ? [[columnName, sourceColumn]] : []))
  return { schema, table: sourceTable, id, columns: Object.fromEntries(columns) }
}

function fieldOf(attribute: Attribute, editable: boolean): Field {
  const field = attributeField(attribute)
  return editable ? field : Object.assign(field, { readonly: true })
}

function titleOf(row: Sql, field: Field | undefined): Sql {
  const number = sql`'№ ' || ${row}.id`
  return field ? sql`coalesce(nullif(${row}.${identifier(field.column)}::text, ''), ${number})` : number
}

/** What may be done at all; administrators only, until somebody ticks it for a role. */
function rightsOf({ editable }: CustomTable, personal: boolean): ObjectDefinition['rights'] {
  const writing = editable ? (['create', 'edit', 'delete', 'import'] as const) : []
  return { administrator: ['read', ...writing, 'export', ...(personal ? (['personal', 'reveal'] as const) : [])] }
}
