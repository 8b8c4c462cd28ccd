import vine from '@vinejs/vine'
import { row, sql, type Transaction } from '#core/database'
import { defineMethod, type Running } from '#core/methods'
import { InvalidFields } from '#core/objects'
import { line } from '../accounts/sent.js'
import { normalise } from '../identifiers/normalise.js'
import { identifierOf } from '../identifiers/owners.js'
import { lockPerson } from '../merge/lock_person.js'
import { offeredBooks, wholeBooks } from './books.js'
import { pairNamed } from './cells.js'
import { documentInForce, UnknownConsentDocument } from './give_consents.js'
import { openPair } from './open_pair.js'
import { recordConsent } from './record_consent.js'
import { byCall, type Origin } from './said_by.js'
import { saidNoSince } from './said_no_since.js'
import { unsubscribe } from './unsubscriptions.js'

/** Whom a shop or a mail service speaks of, and of what; no category stands for all. */
const contact = () => ({ email: line(254).optional(), phone: line(40).optional(), channel: line(100).optional(), category: line(100).optional() })

interface Said {
  email?: string
  phone?: string
  channel?: string
  category?: string
}

const heard = () => vine.create({ heard: vine.boolean() })

/**
 * The customer agreed elsewhere (F41): to what is named, and to nothing more. It counts where the contact is known to be theirs, and where they
 * have not said no since: a message may come late, and again. The answer is the same whether it counted or not: its secret stands in addresses and
 * logs of others, and must not tell who is a customer and who said no (M-04). What became of it stands in the log, and webhooks tell it.
 */
export const optIn = defineMethod({
  name: 'callback/optIn',
  caller: 'callback',
  input: vine.create(vine.object({ ...contact(), at: line(40).optional(), document: line(100).optional() }).allowUnknownProperties()),
  output: heard(),
  example: { input: { email: 'anna@example.com', category: 'news', at: '2026-09-01T10:00:00Z' }, output: { heard: true } },
  refusals: { unknownConsentDocument: 422 },
  async run(call) {
    const at = call.input.at ? momentOf(call.input.at) : null
    const documentId = call.input.document ? await documentNamed(call.input.document, call.trx) : null
    const { contact: found, named } = await heardIn(call, offeredBooks)
    if (!found?.confirmed || !found.active) return { output: { heard: true }, userId: null }
    const { userId } = found
    if (await saidNoSince({ userId, named, at }, call.trx)) return { output: { heard: true }, userId: null }

    const origin = originOf(call)
    const agreed = await agreesNow(userId, call.trx)
    const given = await recordConsent({ userId, kind: 'communication', value: true, documentId }, origin, call.trx)
    const opened = await openPair({ userId, named, agreed }, origin, call.trx)
    return { output: { heard: true }, userId: given || opened ? userId : null }
  },
})

/** The customer left elsewhere (F41), maybe what is offered no more. Where nobody is known by the contact the answer is the same (M-04). */
export const optOut = defineMethod({
  name: 'callback/optOut',
  caller: 'callback',
  input: vine.create(vine.object(contact()).allowUnknownProperties()),
  output: heard(),
  example: { input: { email: 'anna@example.com', category: 'news' }, output: { heard: true } },
  async run(call) {
    const { contact: found, named } = await heardIn(call, wholeBooks)
    const left = found && (await unsubscribe({ userId: found.userId, ...named }, originOf(call), call.trx))
    return { output: { heard: true }, userId: left ? found.userId : null }
  },
})

/** Throws `InvalidFields`, the same whether anybody is known by the contact or not. */
async function heardIn({ input, reader, trx }: Running<Said>, books: typeof offeredBooks) {
  const { type, value } = contactIn(input)
  const named = pairNamed(await books(reader.locale, trx), input.channel || channels[type], input.category || undefined)
  const found = await identifierOf(type, value, trx)
  return { named, contact: found && { ...found, userId: await lockPerson(found.userId, trx) } }
}

/** The channel that a contact stands for. */
const channels = { email: 'email', phone: 'sms' } as const

function contactIn({ email, phone }: Said) {
  const [type, said] = email ? (['email', email] as const) : (['phone', phone] as const)
  if (!said) throw InvalidFields.at('email', 'contactNeeded')
  const value = normalise(type, said)
  if (!value) throw InvalidFields.at(type, 'identifier')
  return { type, value }
}

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/

/** As far as two clocks may go apart. */
const AHEAD_MS = 5 * 60 * 1000

/** One that is to come would outdo every no until then. Throws `InvalidFields`. */
function momentOf(said: string): Date {
  const at = new Date(MOMENT.test(said) ? said : Number.NaN)
  if (!(at.getTime() <= Date.now() + AHEAD_MS)) throw InvalidFields.at('at', 'pastMoment')
  return at
}

/** One of ours, which the other system showed. Throws `UnknownConsentDocument`. */
async function documentNamed(document: string, trx: Transaction) {
  const found = await documentInForce({ kind: 'communication', document }, trx)
  if (!found) throw new UnknownConsentDocument({ document })
  return found.documentId
}

/** In what language the other system asked it does not say; its call is in its own. */
const originOf = (call: Parameters<typeof byCall>[0]): Origin => ({ ...byCall(call), source: 'callback', locale: null })

async function agreesNow(userId: number, trx: Transaction): Promise<boolean> {
  const found = await row<{ agreed: boolean }>(sql`select communication_agree as agreed from users where id = ${userId}`, trx)
  return found!.agreed
}
