import { type RouteGroups } from '#core/access'
import { type Doors, type Method } from '#core/methods'
import { documentObject } from '../documents/document_object.js'
import { uploadDocument } from '../documents/upload.js'
import { addEvent } from '../events/add.js'
import { eventLimits } from '../events/left.js'
import { eventLimitReached } from '../events/signals.js'
import { removeLabelsMethod, setLabelsMethod } from '../labels/methods.js'
import { expireSessionsJob } from '../sessions/expire_job.js'
import { logout, logoutEverywhere } from '../sessions/logout.js'
import { sessionObject } from '../sessions/session_object.js'
import { sessionOf } from '../sessions/session_of.js'
import { socialAccountObject } from '../social/account_object.js'
import { socialLogin } from '../social/login.js'
import { providerObject } from '../social/provider_object.js'
import { socialStart } from '../social/start.js'
import { askJob } from '../tickets/ask_job.js'
import { addCarrier } from '../tickets/carriers.js'
import { carryJob } from '../tickets/carry_job.js'
import { confirmTicket } from '../tickets/confirm.js'
import { generateTicket } from '../tickets/generate.js'
import { generatorObject } from '../tickets/generator_object.js'
import { mailCarrier } from '../tickets/mail_carrier.js'
import { ticketGenerated } from '../tickets/signals.js'
import { ticketObject } from '../tickets/ticket_object.js'
import { changePassword } from './change_password.js'
import { editUser } from './edit.js'
import { userInfo } from './info.js'
import { login } from './login.js'
import { loginWithoutPassword } from './login_without_password.js'
import { customerNamed } from './owner.js'
import { register } from './register.js'
import { restorePassword } from './restore_password.js'

const DocumentFiles = () => import('../documents/document_files_controller.js')
const Confirmations = () => import('../tickets/confirmations_controller.js')
const UserSessions = () => import('../sessions/user_sessions_controller.js')
const Tickets = () => import('../tickets/tickets_controller.js')

addCarrier(mailCarrier)

/** What customers do themselves, through sites and apps. */
export const accounts = {
  methods: [
    register, login, loginWithoutPassword, logout, logoutEverywhere, userInfo, editUser, changePassword, restorePassword, generateTicket, confirmTicket,
    socialStart, socialLogin, addEvent, eventLimits, uploadDocument, setLabelsMethod, removeLabelsMethod,
  ] as Method[],
  doors: { session: sessionOf, customer: customerNamed } satisfies Partial<Doors>,
  objects: [generatorObject, ticketObject, sessionObject, documentObject, providerObject, socialAccountObject],
  signals: [ticketGenerated, eventLimitReached],
  jobs: [carryJob, askJob, expireSessionsJob],
  menu: [
    { group: 'settings' as const, name: 'ticketGenerators', path: '/ticket-generators', object: 'ticket_generator' },
    { group: 'database' as const, name: 'documents', path: '/documents', object: 'document' },
    { group: 'integrations' as const, name: 'socialProviders', path: '/social-providers', object: 'social_provider' },
  ],
  routes({ staff, open }: RouteGroups) {
    staff('edit', 'user_session').post('/user-sessions/:id/end', [UserSessions, 'destroy'])
    staff('edit', 'user').post('/users/:id/sessions/end', [UserSessions, 'destroyAll'])
    staff('edit', 'identifier').post('/identifiers/:id/tickets', [Tickets, 'store'])
    staff('personal', 'document').get('/documents/:id/file', [DocumentFiles, 'show'])
    open.get('/confirm/:link', [Confirmations, 'show'])
    open.post('/confirm/:link', [Confirmations, 'store'])
  },
}
