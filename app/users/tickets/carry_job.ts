import { defineJob } from '#core/jobs'
import { carrierOf } from './carriers.js'
import { drawTicket } from './draw.js'

/** Brings a ticket to its customer. The payload names the row: see `drawTicket` for why nothing more. */
export const carryJob = defineJob<{ ticket: number }>({
  name: 'users.ticket',
  retries: 3,
  async run(run, { ticket }) {
    const drawn = await drawTicket(ticket)
    const carrier = drawn && carrierOf(drawn.type)
    if (!carrier) return run.log('The ticket has been replaced, used or is out of date')
    await carrier.carry(drawn.message)
  },
})
