import { defineModule } from '#core/modules'
import { campaignObject } from './campaign_object.js'
import { sourceObject } from './source_object.js'

export default defineModule({
  name: 'campaigns',
  menu: [
    { group: 'campaigns', name: 'campaignList', path: '/campaigns', object: 'campaign' },
    { group: 'books', name: 'sources', path: '/sources', object: 'source' },
  ],
  objects: [campaignObject, sourceObject],
})
