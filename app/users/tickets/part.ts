import { definePart } from '#core/modules'
import { askJob } from './ask_job.js'
import { addCarrier } from './carriers.js'
import { carryJob } from './carry_job.js'
import { confirmTicket } from './confirm.js'
import { generateTicket } from './generate.js'
import { generatorObject } from './generator_object.js'
import { mailCarrier } from './mail_carrier.js'
import { ticketGenerated } from './signals.js'
import { ticketObject } from './ticket_object.js'

const Confirmations = () => import('./confirmations_controller.js')
const PasswordLetters = () => import('./password_letters_controller.js')
const Tickets = () => import('./tickets_controller.js')

addCarrier(mailCarrier)

/** Codes and links that prove whose an identifier is (F32). */
export const tickets = definePart({
  objects: [generatorObject, ticketObject],
  signals: [ticketGenerated],
  methods: [generateTicket, confirmTicket],
  jobs: [carryJob, askJob],
  routes({ staff, open }) {
    staff('edit', 'identifier').post('/identifiers/:id/tickets', [Tickets, 'store'])
    staff('edit', 'user').post('/users/:id/password-letters', [PasswordLetters, 'store'])
    open.get('/confirm/:link', [Confirmations, 'show'])
    open.post('/confirm/:link', [Confirmations, 'store'])
  },
})
