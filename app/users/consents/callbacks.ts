import vine from '@vinejs/vine'
import { row, sql, type Transaction } from '#core/database'
import { defineMethod } from '#core/methods'
import { InvalidFields } from '#core/objects'
import { line } from '../accounts/sent.js'
import { normalise } from '../identifiers/normalise.js'
import { identifierOf, type KnownIdentifier } from '../identifiers/owners.js'
import { lockPerson } from '../merge/lock_person.js'
import { cellsOf, pairNamed, type Pair } from './cells.js'
import { preferencesOf, savePreferences, type Preferences } from './preferences.js'
import { recordConsent } from './record_consent.js'
import { byCall, type Origin } from './said_by.js'
import { unsubscribe } from './unsubscriptions.js'

interface Heard {
  contact: KnownIdentifier
  /** Channel and category; no category stands for all. */
  named: Pair
  before: Preferences
  origin: Origin
}

/** A shop or a mail service tells what a customer said to it (F41). Of the rest that it says, in words of its own, nobody takes notice. */
const callback = (name: 'optIn' | 'optOut', hear: (heard: Heard, trx: Transaction) => Promise<unknown>) =>
  defineMethod({
    name: `callback/${name}`,
    caller: 'callback',
    input: vine.create(
      vine
        .object({ email: line(254).optional(), phone: line(40).optional(), channel: line(100).optional(), category: line(100).optional() })
        .allowUnknownProperties()
    ),
    /** The same for whoever it is about, and where there is nobody (M-04). */
    output: vine.create({ heard: vine.boolean() }),
    example: { input: { email: 'anna@example.com', category: 'news' }, output: { heard: true } },
    async run(call) {
      const { input, reader, trx } = call
      const { type, value } = contactIn(input)
      const found = await identifierOf(type, value, trx)
      const userId = await lockPerson(found?.userId ?? NOBODY, trx)
      const contact = found && { ...found, userId }
      const before = await preferencesOf(userId, reader.locale, trx)
      const named = pairNamed(before, input.channel || channels[type], input.category || undefined)
      if (contact) await hear({ contact, named, before, origin: { ...byCall(call), source: 'callback' } }, trx)
      return { output: { heard: true }, userId: contact?.userId ?? null }
    },
  })

/** What is offered is offered to everybody. */
const NOBODY = 0

/** The channel that a contact stands for. */
const channels = { email: 'email', phone: 'sms' } as const

/** Throws `InvalidFields`. */
function contactIn({ email, phone }: { email?: string; phone?: string }) {
  const [type, said] = email ? (['email', email] as const) : (['phone', phone] as const)
  if (!said) throw InvalidFields.at('email', 'contactNeeded')
  const value = normalise(type, said)
  if (!value) throw InvalidFields.at(type, 'identifier')
  return { type, value }
}

/**
 * The customer agreed elsewhere: to what is named, and where they had not agreed here, to nothing more. It counts where the contact is known to
 * be theirs.
 */
export const optIn = callback('optIn', async ({ contact: { userId, confirmed, active }, named, before, origin }, trx) => {
  if (!confirmed || !active) return
  const { agreed } = (await row<{ agreed: boolean }>(sql`select communication_agree as agreed from users where id = ${userId}`, trx))!
  await recordConsent({ userId, kind: 'communication', value: true }, origin, trx)
  const kept = new Set([...(agreed ? before.kept : []), ...cellsOf(before, named)])
  await savePreferences(userId, kept, agreed ? before.regime : 'only', origin, trx)
})

/** The customer left elsewhere. */
export const optOut = callback('optOut', ({ contact: { userId }, named, origin }, trx) => unsubscribe({ userId, ...named }, origin, trx))
