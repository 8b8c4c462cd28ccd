import { type Panel } from '#core/objects'
import { scopesOf } from './api_key.js'
import { scopeTable } from './scope_table.js'

/** On the card of a key: what it may do, and the boxes to change it. */
export const scopesPanel: Panel = {
  name: 'scopes',
  tab: 'scopes',
  view: 'access::components/key_scopes',
  load: async (id, reader) => ({ table: scopeTable(await scopesOf(id), reader) }),
}
