import { sql, type Transaction } from '#core/database'
import { menuGroups } from '#core/modules'
import { changeObjects, choice, defineObject, flag, text, type Field, type FieldDraft, type Reader, type Values } from '#core/objects'
import { fieldsPanel } from './fields_panel.js'

/** A table that an administrator registered (F3). Its wizard makes it; here its names are kept. */
export const tableObject = defineObject({
  name: 'custom_table',
  table: 'custom_tables',
  path: 'tables',
  title: (table, locale) => (locale === 'en' ? sql`coalesce(${table}.many_en, ${table}.many)` : sql`${table}.many`),
  fields: {
    many: text({ required: true, sortable: true, max: 100 }),
    one: text({ required: true, max: 100 }),
    manyEn: text({ max: 100 }),
    oneEn: text({ max: 100 }),
    path: text({ readonly: true }),
    menuGroup: groupChoice(),
    origin: choice(['made', 'found'], { readonly: true }),
    tableName: text({ readonly: true }),
    source: text({ readonly: true, sql: (table) => sql`${table}.source_schema || '.' || ${table}.source_table` }),
    editable: flag({ readonly: true }),
  },
  columns: ['id', 'createdAt', 'many', 'manyEn', 'path', 'origin', 'source', 'editable'],
  sort: 'many',
  create: ['many'],
  card: ['many', 'one', 'manyEn', 'oneEn', 'path', 'menuGroup', 'origin', 'tableName', 'source', 'editable', 'createdAt', 'updatedAt'],
  tabs: ['fields'],
  panels: [fieldsPanel],
  buttons: [
    { name: 'open', href: (id) => `/tables/${id}/section`, right: 'read', primary: true },
    { name: 'removal', href: (id) => `/tables/${id}/removal`, right: 'delete' },
  ],
  attributes: 'none',
  rights: { administrator: ['read', 'create', 'edit', 'delete'] },
  reserved: ['create', 'edit', 'delete'],
  verbs: { after: told },
})

/** Other words, in every process. */
async function told(_id: number, _values: Values, trx: Transaction) {
  await changeObjects(trx)
}

/** A group is called as the menu calls it. */
function groupChoice(): FieldDraft {
  const draft = choice(menuGroups, { required: true })
  const show = (group: string, _field: Field, reader: Reader) => reader.t(`menu.${group}`)
  return Object.defineProperty(draft, 'type', { value: { ...draft.type, show }, enumerable: true })
}
