import { row, sql, type Sql } from '#core/database'
import { belongsTo, defineObject, integer, text, worded, type FieldDraft, type FieldType, type Reader } from '#core/objects'

/** Text that names something declared: shown in words where there are any. */
function naming(keys: (name: string) => string[]): FieldDraft {
  const draft = text({ sortable: true, readonly: true })
  const type: FieldType = { ...draft.type, show: (name: string, _field, reader: Reader) => worded(reader, ...keys(name)) ?? name }
  return { ...draft, type }
}

/** `name: before » after`, for the list; the card shows the whole. */
const summary = (entry: Sql) => sql`(
  select string_agg(concat(key, ': ', coalesce(${written(sql`before`)}, '—'), ' » ', coalesce(${written(sql`after`)}, '—')), '; ')
  from jsonb_object_keys(coalesce(${entry}.changes -> 'before', '{}') || coalesce(${entry}.changes -> 'after', '{}')) as key,
    lateral (select ${entry}.changes -> 'before' -> key as before, ${entry}.changes -> 'after' -> key as after) as change
)`

/** A reference is kept as its id and title: people read the title. */
const written = (side: Sql) => sql`coalesce(${side} ->> 'title', ${side} #>> '{}')`

/** What was changed, by whom and when (ASVS V16). PostgreSQL refuses to change its rows. */
export const auditEntryObject = defineObject({
  name: 'audit_entry',
  table: 'audit_log',
  path: 'audit',
  without: ['updatedAt'],
  title: (entry) => sql`${entry}.action || ' ' || ${entry}.object || coalesce(' № ' || ${entry}.record_id, '')`,
  fields: {
    staff: belongsTo('staff', { readonly: true, sortable: true, many: 'auditEntries', tab: 'history' }),
    action: naming((name) => [`audit_entry.actions.${name}`, `${name.replace('.', '.buttons.')}`]),
    object: naming((name) => [`${name}.one`]),
    recordId: integer({ readonly: true }),
    summary: text({ sql: summary }),
    ip: text({ readonly: true }),
    trace: text({ readonly: true }),
  },
  columns: ['createdAt', 'staff', 'action', 'object', 'recordId', 'summary'],
  card: ['createdAt', 'staff', 'action', 'object', 'recordId', 'ip', 'trace'],
  tabs: ['changes'],
  panels: [{ name: 'changes', tab: 'changes', view: 'access::components/changes', load: changesOf }],
  rights: { administrator: ['read'] },
})

interface Side {
  [field: string]: unknown
}

/** One row a field, for the card. */
async function changesOf(id: number) {
  const entry = await row<{ object: string; changes: { before?: Side; after?: Side } }>(
    sql`select object, changes from audit_log where id = ${id}`
  )
  const { before = {}, after = {} } = entry?.changes ?? {}
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  const changes = names.map((name) => ({
    field: name,
    key: `${entry!.object}.fields.${name}`,
    before: readable(before[name]),
    after: readable(after[name]),
  }))
  return { changes }
}

function readable(value: unknown): string {
  if (value === null || value === undefined) return '—'
  if (typeof value !== 'object') return String(value)
  return 'title' in value ? String(value.title) : JSON.stringify(value)
}
