import { row, sql } from '#core/database'
import { changesInShort, tellChanges, type Changes } from '#core/history'
import { belongsTo, defineObject, integer, text, worded, type FieldDraft, type FieldType, type Reader } from '#core/objects'

/** Text that names something declared: shown in words where there are any. */
function naming(keys: (name: string) => string[]): FieldDraft {
  const draft = text({ sortable: true, readonly: true })
  const type: FieldType = { ...draft.type, show: (name: string, _field, reader: Reader) => worded(reader, ...keys(name)) ?? name }
  return { ...draft, type }
}

/** What was changed, by whom and when (ASVS V16). PostgreSQL refuses to change its rows. */
export const auditEntryObject = defineObject({
  name: 'audit_entry',
  table: 'audit_log',
  path: 'audit',
  without: ['updatedAt'],
  title: (entry) => sql`'№ ' || ${entry}.id`,
  fields: {
    staff: belongsTo('staff', { readonly: true, sortable: true, many: 'auditEntries', tab: 'history' }),
    action: naming((name) => [`audit_entry.actions.${name}`, `${name.replace('.', '.buttons.')}`]),
    object: naming((name) => [`${name}.one`]),
    recordId: { ...integer({ readonly: true }), type: { ...integer().type, show: (id: number) => String(id) } },
    summary: changesInShort(),
    ip: text({ readonly: true }),
    trace: text({ readonly: true }),
  },
  columns: ['createdAt', 'staff', 'action', 'object', 'recordId', 'summary'],
  card: ['createdAt', 'staff', 'action', 'object', 'recordId', 'ip', 'trace'],
  tabs: ['changes'],
  panels: [{ name: 'changes', tab: 'changes', view: 'access::components/changes', load: changesOf }],
  attributes: 'none',
  rights: { administrator: ['read'] },
})

/** One row a field, for the card. */
async function changesOf(id: number, reader: Reader) {
  const entry = await row<{ object: string; recordId: number | null; changes: Changes }>(
    sql`select object, record_id as "recordId", changes from audit_log where id = ${id}`
  )
  return { changes: entry ? await tellChanges(entry.object, entry.recordId, entry.changes, reader) : [] }
}
