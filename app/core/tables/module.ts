import { defineModule } from '#core/modules'
import { readTables } from './read_tables.js'
import { routes } from './routes.js'
import { tableObject } from './table_object.js'

export default defineModule({
  name: 'tables',
  menu: [{ group: 'administration', name: 'tables', path: '/tables', object: 'custom_table' }],
  objects: [tableObject],
  changes: readTables,
  routes,
})
