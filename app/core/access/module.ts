import { defineModule } from '#core/modules'
import { auditEntryObject } from './audit_entry_object.js'
import { guest } from './route_groups.js'
import { staffObject } from './staff_object.js'

const Passwords = () => import('./passwords_controller.js')
const Profile = () => import('./profile_controller.js')
const Sessions = () => import('./sessions_controller.js')

export default defineModule({
  name: 'access',
  menu: [
    { group: 'administration', name: 'staff', path: '/staff', object: 'staff' },
    { group: 'administration', name: 'audit', path: '/audit', object: 'audit_entry', key: 'a' },
  ],
  objects: [staffObject, auditEntryObject],
  routes({ staff }) {
    guest.get('/login', [Sessions, 'create'])
    guest.post('/login', [Sessions, 'store'])
    staff('signedIn').post('/sign-out', [Sessions, 'destroy'])
    staff('signedIn').get('/profile', [Profile, 'show'])
    staff('signedIn').post('/profile', [Profile, 'update'])
    staff('signedIn').post('/profile/password', [Passwords, 'update'])
  },
})
