import vine from '@vinejs/vine'
import { CustomerNeeded, defineMethod, type Call } from '#core/methods'
import { type Transaction } from '#core/database'
import { line } from '../accounts/sent.js'
import { refuseWithdrawn } from '../consents/refuse_withdrawn.js'
import { removeLabels, setLabels } from './set_labels.js'

const input = vine.create({ labels: vine.array(line(100).minLength(1)).minLength(1).maxLength(50) })
const output = vine.create({ changed: vine.number() })

type Labelling = Call<{ labels: string[] }> & { trx: Transaction }

/** What another system thinks of a customer, whom it names in `X-User`; a label that nobody knew is made. */
export const setLabelsMethod = defineMethod({
  name: 'label/set',
  caller: 'server',
  input,
  output,
  example: { input: { labels: ['vip'] }, output: { changed: 1 } },
  refusals: { consentWithdrawn: 403 },
  async run(call) {
    if (call.userId !== null) await refuseWithdrawn(call.userId, call.trx)
    return labelled(call, setLabels)
  },
})

export const removeLabelsMethod = defineMethod({
  name: 'label/remove',
  caller: 'server',
  input,
  output,
  example: { input: { labels: ['vip'] }, output: { changed: 1 } },
  run: (call) => labelled(call, removeLabels),
})

async function labelled({ input: { labels }, userId, source, actor, trx }: Labelling, write: typeof setLabels) {
  if (userId === null) throw new CustomerNeeded()
  return { output: { changed: await write(userId, labels, { source: source.code, actor }, trx) } }
}
