import { book } from '#core/books'

/** Where customers come from: a site, an app, a partner's form, a file (F68). */
export const sourceObject = book({ name: 'source', table: 'sources', path: 'sources' })
