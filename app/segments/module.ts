import { defineModule } from '#core/modules'
import { rows, sql } from '#core/database'
import { type KeptFilter } from '#core/filters'
import { membershipObject } from './membership_object.js'
import { recountJob } from './recount_job.js'
import { routes } from './routes.js'
import { segmentObject, segmentable } from './segment_object.js'
import { versionRows } from './version_rows.js'
import { segmentsWidget } from './widgets.js'

export default defineModule({
  name: 'segments',
  menu: [{ group: 'segments', name: 'segments', path: '/segments', object: 'segment', key: 's' }],
  home: { widgets: [segmentsWidget], steps: [{ name: 'segments', object: 'segment', href: '/segments/create' }] },
  objects: [segmentObject, membershipObject],
  personal: {
    tables: [
      { table: 'segment_memberships', customer: 'user_id', erasure: 'kept' },
      { table: 'segment_current', customer: 'member_id', erasure: 'kept', unexported: true },
      { table: 'segment_delta', customer: 'member_id', erasure: 'kept', unexported: true },
    ],
    traces: [{ table: 'segments', columns: ['filter'] }],
  },
  jobs: [recountJob],
  filterUses: [{ name: 'segment', icon: 'segments', right: 'create', object: 'segment', fits: segmentable, href: '/segments/from-filter' }],
  filters: () => rows<KeptFilter>(sql`select 'segment' as kind, name as title, object, filter from segments`),
  rowSources: [versionRows],
  routes,
})
