import { sql } from '#core/database'
import { choice, dateTime, defineObject, eachRow, flag, integer, keepIfPointedAt, objects, text, type ObjectDefinition } from '#core/objects'
import { definitionHistory } from './history.js'
import { definitionPanel } from './definition_panel.js'
import { requestRecount } from './request_recount.js'
import { versionsPanel } from './versions_panel.js'

declare module '#core/objects' {
  interface Actions {
    recount: true
  }
}

/** A set of rows that answer a filter, recounted into versions (F60-F63). */
export const segmentObject: ObjectDefinition = defineObject({
  name: 'segment',
  table: 'segments',
  path: 'segments',
  search: (row) => sql`lower(${row}.name)`,
  find: { beside: ['object', 'count', 'recountedAt'] },
  fields: {
    name: text({ required: true, sortable: true, max: 200 }),
    object: choice(bases, { required: true, fixed: true, initial: 'user' }),
    active: flag(),
    version: integer({ readonly: true }),
    count: integer({ readonly: true, sortable: true }),
    recountedAt: dateTime({ readonly: true, sortable: true }),
  },
  columns: ['id', 'name', 'object', 'version', 'count', 'recountedAt', 'active'],
  card: ['name', 'object', 'active', 'version', 'count', 'recountedAt', 'createdAt', 'updatedAt'],
  create: ['name', 'object'],
  tabs: ['definition', 'versions', 'members'],
  panels: [definitionPanel, versionsPanel],
  buttons: [
    { name: 'recount', post: (id) => `/segments/${id}/recounts`, right: 'recount', primary: true, when: (segment) => segment.active === true },
  ],
  bulk: [
    {
      name: 'recount',
      icon: 'refresh',
      right: 'recount',
      run: eachRow(async (id, { actor, reader, trx }) => void (await requestRecount(id, actor, reader.timezone, trx))),
    },
  ],
  rights: { marketer: ['read', 'create', 'edit', 'delete', 'export', 'recount'], viewer: ['read'] },
  actions: ['recount'],
  history: definitionHistory,
  trash: true,
  /** Its members are its own; what was sent to it holds it. */
  verbs: { release: (id, trx) => keepIfPointedAt(segmentObject, id, trx, ['membership']) },
})

/** Objects that say they may be segmented; sections that come later add theirs. */
function bases() {
  return objects.all().filter(segmentable).map(({ name }) => name)
}

export function segmentable(object: ObjectDefinition) {
  return Boolean(object.segmentable)
}
