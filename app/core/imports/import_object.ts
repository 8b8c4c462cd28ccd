import { choice, dateTime, defineObject, integer, text } from '#core/objects'

/** Files that were imported, and what came of them. */
export const importObject = defineObject({
  name: 'import',
  table: 'imports',
  path: 'imports',
  fields: {
    name: text({ readonly: true, sortable: true }),
    object: text({ readonly: true, sortable: true }),
    state: choice(['draft', 'running', 'done', 'failed', 'cancelled'], { readonly: true, sortable: true }),
    lines: integer({ readonly: true }),
    created: integer({ readonly: true, column: 'created_rows' }),
    updated: integer({ readonly: true, column: 'updated_rows' }),
    unchanged: integer({ readonly: true, column: 'unchanged_rows' }),
    rejected: integer({ readonly: true, column: 'rejected_rows' }),
    startedAt: dateTime({ readonly: true }),
    finishedAt: dateTime({ readonly: true, sortable: true }),
  },
  columns: ['id', 'createdAt', 'name', 'object', 'state', 'lines', 'created', 'updated', 'rejected', 'finishedAt'],
  sort: '-createdAt',
  rights: { marketer: ['read', 'create', 'delete'] },
})
