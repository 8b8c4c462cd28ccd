import { defineModule } from '#core/modules'
import { guest } from './route_groups.js'

const Sessions = () => import('./sessions_controller.js')

export default defineModule({
  name: 'access',
  routes({ staff }) {
    guest.get('/login', [Sessions, 'create'])
    guest.post('/login', [Sessions, 'store'])
    staff('signedIn').post('/logout', [Sessions, 'destroy'])
  },
})
