import { book } from '#core/books'
import { belongsTo } from '#core/objects'

/** Where customers come from: a site, an app, a partner's form, a file (F68). It leads into one campaign at most (F67). */
export const sourceObject = book({
  name: 'source',
  table: 'sources',
  path: 'sources',
  fields: {
    campaign: belongsTo('campaign', { many: 'sources', tab: 'sources', columns: ['id', 'createdAt', 'nameRu', 'nameEn', 'code', 'active'] }),
  },
})
