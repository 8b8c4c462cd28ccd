import { type RouteGroups } from '#core/access'

const Docs = () => import('./docs/docs_controller.js')
const Documents = () => import('./openapi/documents_controller.js')

export function routes({ open }: RouteGroups) {
  open.get('/api/openapi.json', [Documents, 'show'])
  open.get('/api/docs', [Docs, 'show'])
}
