import { definePart } from '#core/modules'
import { expireSessionsJob } from './expire_job.js'
import { logout, logoutEverywhere } from './logout.js'
import { sessionObject } from './session_object.js'
import { sessionOf } from './session_of.js'

const UserSessions = () => import('./user_sessions_controller.js')

/** Where customers are signed in. */
export const sessions = definePart({
  objects: [sessionObject],
  methods: [logout, logoutEverywhere],
  doors: { session: sessionOf },
  jobs: [expireSessionsJob],
  routes({ staff }) {
    staff('edit', 'user_session').post('/user-sessions/:id/end', [UserSessions, 'destroy'])
    staff('edit', 'user').post('/users/:id/sessions/end', [UserSessions, 'destroyAll'])
  },
})
