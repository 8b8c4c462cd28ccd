import { row, sql } from '#core/database'
import { type Panel, type Reader } from '#core/objects'
import { rules } from './audience/rules.js'
import { findSend, type Send } from './sending/send.js'
import { sendTones } from './sending/send_states.js'
import { statistics } from './statistics.js'
import { figures } from './statistics_panel.js'

export const progressPanel: Panel = {
  name: 'progress',
  tab: 'progress',
  view: 'communication::components/progress',
  load: (id, reader) => progress(id, reader),
}

/** What can be done to a send where it stands. */
const verbs: Partial<Record<Send['state'], string[]>> = {
  preparing: ['cancel'],
  scheduled: ['cancel'],
  sending: ['pause', 'cancel'],
  paused: ['resume', 'cancel'],
}

/** Where a send stands, drawn again every two seconds while it goes on. */
export async function progress(id: number, reader: Reader) {
  const [send, found] = await Promise.all([findSend(id), statistics({ send: id })])
  if (!send) return { send: null }
  const done = found.sent + found.errors + found.skipped
  return {
    ...(await figures({ send: id }, reader)),
    send,
    stands: reader.t(`send.choices.state.${send.state}`),
    tone: sendTones[send.state] ?? '',
    goesOn: ['preparing', 'scheduled', 'sending'].includes(send.state),
    done,
    recipients: found.recipients,
    sentence: reader.t('send.progress', { done, total: found.recipients }),
    startsIn: send.state === 'scheduled' ? Math.max(0, Math.ceil((send.startsAt!.getTime() - Date.now()) / 1000)) : null,
    trouble: send.trouble && reader.t(`send.troubles.${send.trouble.code}`, send.trouble.params),
    excluded: exclusions(await excludedOf(id), reader),
    verbs: verbs[send.state] ?? [],
  }
}

/** Why some of the chosen get nothing, in the order of the rules. */
export function exclusions(excluded: Record<string, number>, reader: Reader) {
  return rules
    .filter(({ code }) => excluded[code])
    .map(({ code }) => ({ reason: reader.t(`send.reasons.${code}`), count: excluded[code] }))
}

async function excludedOf(id: number): Promise<Record<string, number>> {
  const found = await row<{ excluded: Record<string, number> }>(sql`select excluded from sends where id = ${id}`)
  return found!.excluded
}
