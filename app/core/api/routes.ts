import { type RouteGroups } from '#core/access'
import { bodyOf } from '#core/methods'

const Batches = () => import('./objects/batches_controller.js')
const Docs = () => import('./docs/docs_controller.js')
const Documents = () => import('./openapi/documents_controller.js')
const KeyDocuments = () => import('./openapi/key_documents_controller.js')
const Rows = () => import('./objects/rows_controller.js')
const Searches = () => import('./objects/searches_controller.js')

const BATCH_BYTES = 2 * 1024 * 1024

/** Which right a route of an object asks for is known when the object is: see `asked_object.ts`. */
export function routes({ open, api }: RouteGroups) {
  open.get('/api/openapi.json', [Documents, 'show'])
  open.get('/api/docs', [Docs, 'show'])

  const byKey = api()
  byKey.get('/api/v1/openapi.json', [KeyDocuments, 'show'])
  byKey.post('/api/v1/objects/:object/search', [Searches, 'store']).use(bodyOf({}))
  byKey.post('/api/v1/objects/:object/batch', [Batches, 'store']).use(bodyOf({ bytes: BATCH_BYTES }))
  byKey.post('/api/v1/objects/:object', [Rows, 'store']).use(bodyOf({}))
  byKey.get('/api/v1/objects/:object/:id', [Rows, 'show'])
  byKey.patch('/api/v1/objects/:object/:id', [Rows, 'update']).use(bodyOf({}))
}
