import { rows, sql } from '#core/database'
import { type KeptFilter } from '#core/filters'
import { defineModule } from '#core/modules'
import { routes } from './routes.js'
import { purgeJob } from './trash/purge_job.js'

/** The generic screens, drawn from what objects declare. They come last: their addresses are those that no section claims. */
export default defineModule({
  name: 'screens',
  personal: { traces: [{ table: 'folders', columns: ['name', 'filter'] }] },
  jobs: [purgeJob],
  filters: () => rows<KeptFilter>(sql`select 'folder' as kind, name as title, object, filter from folders`),
  routes,
})
