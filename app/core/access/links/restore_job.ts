import encryption from '@adonisjs/core/services/encryption'
import { row, sql } from '#core/database'
import { recordChange } from '#core/audit'
import { defineJob } from '#core/jobs'
import { type Actor } from '#core/objects'
import { mailLink } from './link_mail_job.js'
import { newLink } from './link.js'

const PURPOSE = 'restore'

/**
 * Looks whether an address belongs to somebody who signs in here, and mails them a link. The request that asks for it does the same
 * work for every address, known or not, so its answer and its time tell nothing (S-01). The payload holds the address encrypted: what
 * strangers type into the form is no list of people.
 */
export const restoreJob = defineJob<{ email: string; ip: string; trace: string }>({
  name: 'access.restore',
  retries: 3,
  async run(_run, { email, ip, trace }) {
    const typed = encryption.decrypt<string>(email, PURPOSE)
    const staff = typed && (await row<{ id: number }>(sql`select id from staff where email = ${typed} and active and password is not null`))
    if (!staff) return
    await mailLink(await newLink(staff.id, 'restore'))
    await recordChange({ actor: { staffId: null, ip, trace }, action: 'askRestore', object: 'staff', id: staff.id })
  },
})

/** `email` normalised. The link lives for half an hour, so a request that nobody took for longer is not worth a mail. */
export async function askRestore(email: string, actor: Actor) {
  const payload = { email: encryption.encrypt(email, '30 minutes', PURPOSE), ip: actor.ip ?? '', trace: actor.trace ?? '' }
  await restoreJob.start(payload, { actor, title: actor.ip ?? '—' })
}
