import { type LetterTemplate } from '../content/letter.js'
import { unsubscribeUrl } from '../tracking/addresses.js'
import { makeToken } from '../tracking/token.js'
import { type Marked } from './mark.js'
import { mailbox, type MimeMould } from './mime.js'
import { outcomeOf, type Outcome, type Refusal } from './outcome.js'
import { type Frozen } from './send.js'
import { type Transport } from './transport.js'

export interface Tools {
  transport: Transport
  letter: LetterTemplate
  mould: MimeMould
  /** Where bounces go; the sender when the provider names none. */
  envelopeFrom: string
}

interface Handed {
  outcome: Outcome
  answer: string
}

/** The template cost more than its limits allow, for this customer at least; the send stops. */
export class TemplateFailed extends Error {}

type Mail = Pick<Marked, 'userId' | 'identifierId' | 'address' | 'person'>

/** Fills one mail and gives it to the provider. Throws `TemplateFailed`. */
export async function handOver(mail: Mail, send: { id: number; content: Frozen }, tools: Tools): Promise<Handed> {
  const to = mailbox(mail.address)
  if (!to) return { outcome: 'soft', answer: 'not an address' }

  const raw = tools.mould.fill(...written(mail, to, send, tools))
  try {
    const { response } = await tools.transport.sendMail({ envelope: { from: tools.envelopeFrom, to }, raw })
    return { outcome: 'sent', answer: short(response) }
  } catch (error) {
    return { outcome: outcomeOf(error as Refusal), answer: short((error as Refusal).response ?? (error as Error).message) }
  }
}

function written({ userId, identifierId, address, person }: Mail, to: string, send: { id: number; content: Frozen }, tools: Tools) {
  const key = { sendId: send.id, userId, identifierId }
  const token = makeToken(key, 'link')
  const unsubscribe = unsubscribeUrl(token)
  const domain = send.content.senderEmail.split('@').at(-1)
  const letter = { address, token, unsubscribeLink: unsubscribe }
  const messageId = `<${makeToken(key, 'message')}@${domain}>`
  return [fill(tools.letter, person, letter), { to, messageId, unsubscribeUrl: unsubscribe, at: new Date() }] as const
}

function fill(template: LetterTemplate, ...values: Parameters<LetterTemplate['fill']>) {
  try {
    return template.fill(...values)
  } catch (error) {
    throw new TemplateFailed((error as Error).message)
  }
}

function short(said: string) {
  return said.replaceAll('\0', '').slice(0, 300)
}
