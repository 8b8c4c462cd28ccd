import { recordChange } from '#core/audit'
import { transaction } from '#core/database'
import { type Actor } from '#core/objects'
import { SendIsElsewhere } from '../refusals.js'
import { cancelJob } from './cancel_job.js'
import { startDrainers } from './prepare_job.js'
import { moveSend, type SendState } from './send.js'

/** No further mail is taken up; what is in flight arrives. Throws `SendIsElsewhere`. */
export async function pause(id: number, actor: Actor) {
  await change(id, ['sending'], 'paused', actor)
}

/** Goes on where it stood. Throws `SendIsElsewhere`. */
export async function resume(id: number, actor: Actor) {
  await change(id, ['paused'], 'sending', actor)
}

/** For good: before the first mail has left this takes the whole send back. Throws `SendIsElsewhere`. */
export async function cancel(id: number, actor: Actor) {
  await change(id, ['preparing', 'scheduled', 'sending', 'paused'], 'cancelled', actor)
}

async function change(id: number, from: SendState[], to: SendState, actor: Actor) {
  await transaction(async (trx) => {
    if (!(await moveSend(id, from, to, null, trx))) throw new SendIsElsewhere()
    if (to === 'sending') await startDrainers(id, trx)
    if (to === 'cancelled') await cancelJob.start({ send: id }, { actor, trx, title: `№ ${id}`, subject: { object: 'send', id } })
    await recordChange({ actor, action: `send.${to}`, object: 'send', id }, trx)
  })
}
