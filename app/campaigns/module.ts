import { defineModule } from '#core/modules'
import { campaignObject } from './campaign_object.js'
import { routes } from './routes.js'
import { sourceByCode } from './sources/source_by_code.js'
import { sourceInfo } from './sources/source_info.js'
import { sourceObject } from './sources/source_object.js'

export default defineModule({
  name: 'campaigns',
  menu: [
    { group: 'campaigns', name: 'campaignList', path: '/campaigns', object: 'campaign' },
    { group: 'campaigns', name: 'sources', path: '/sources', object: 'source' },
  ],
  objects: [campaignObject, sourceObject],
  methods: [sourceInfo],
  doors: { source: sourceByCode },
  routes,
})
