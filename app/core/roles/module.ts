import { defineModule } from '#core/modules'
import { roleObject } from './role_object.js'

const Rights = () => import('./role_rights_controller.js')
const Viewings = () => import('./viewings_controller.js')

/** The pages of roles; what a role may do is asked of #core/access. */
export default defineModule({
  name: 'roles',
  menu: [{ group: 'administration', name: 'roles', path: '/roles', object: 'role' }],
  objects: [roleObject],
  routes({ staff }) {
    staff('read', 'role').get('/roles/:id/rights', [Rights, 'show'])
    staff('edit', 'role').post('/roles/:id/rights', [Rights, 'update'])
    staff('edit', 'role').post('/roles/:id/viewing', [Viewings, 'store'])
    staff('signedIn').ask('/viewing/end', [Viewings, 'destroy'])
  },
})
