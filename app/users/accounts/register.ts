import vine from '@vinejs/vine'
import limits from '#config/api'
import { rulesOf, type Rules } from '#app/campaigns'
import { addressKey, anHour, countWithin } from '#core/access'
import { type Transaction } from '#core/database'
import { defineMethod, type Call } from '#core/methods'
import { create, DomainError, InvalidFields, InvalidValue, objects } from '#core/objects'
import { consentSent } from '../consents/consent_sent.js'
import { giveConsents, type SentConsent } from '../consents/give_consents.js'
import { CampaignClosed } from '../consents/refusals.js'
import { byCall } from '../consents/said_by.js'
import { isStopped, isTaken } from '../identifiers/owners.js'
import { setLabels } from '../labels/set_labels.js'
import { linkAccount } from '../social/accounts.js'
import { readPass } from '../social/pass.js'
import { type Vouched } from '../social/vouched.js'
import { openSession } from '../sessions/open_session.js'
import { enterIdentifier } from './enter_identifier.js'
import { customerNamed, type Sent } from './owner.js'
import { hashOf, setPassword } from './password.js'
import { valuesOf, type Person } from './profile.js'
import { ConsentNeeded, ContactRefused, ContactTaken } from './refusals.js'
import { contactSent, line, passwordSent, personSent } from './sent.js'

/**
 * A new customer, the same way from every source (F28): whose contacts are nobody's and in no stop list, who agrees to the processing of personal data, and
 * who gives what the campaign asks for (`source/info` tells it). A taken contact stops it, with the offer to sign in by the main contact or to restore the
 * password; the additional one is entered afterwards, by `user/edit`. Confirmations are sent to the contacts.
 */
export const register = defineMethod({
  name: 'user/register',
  caller: 'anyone',
  input: vine.create({
    identifiers: vine.array(contactSent()).minLength(1).maxLength(8),
    consents: vine.array(consentSent()).minLength(1).maxLength(20),
    ...personSent(),
    password: passwordSent().optional(),
    labels: vine.array(line(100)).maxLength(50).optional(),
    referrer: line(330).optional(),
    /** Of `user/socialLogin`: from then on the account elsewhere opens this one. */
    pass: vine.string().maxLength(4000).optional(),
  }),
  output: vine.create({ userId: vine.number(), token: vine.string(), toConfirm: vine.array(vine.string()) }),
  example: {
    input: {
      identifiers: [{ type: 'phone', value: '+7 916 000-00-01' }, { type: 'email', value: 'anna@example.com' }],
      consents: [{ kind: 'personal_data', document: '1', value: true }],
      surname: 'Иванова',
      givenName: 'Анна',
      password: 'correct horse battery',
    },
    output: { userId: 15, token: 'tsc_Vb0…', toConfirm: ['phone', 'email'] },
  },
  refusals: {
    contactTaken: 409, contactRefused: 403, consentNeeded: 422, campaignClosed: 403, unknownConsentDocument: 422,
    consentsMixed: 422, socialLoginOver: 422, socialAccountTaken: 409,
  },
  tells: { sourceId: 'reference', referrerId: 'reference' },
  async prepare({ input, source, address, byServer }) {
    const rules = await rulesOf(source)
    refuse(input, rules, byServer)
    if (!byServer) await countWithin(anHour(limits.registrationsPerAddress), `register:address:${addressKey(address)}`)
    await refuseKnown(input.identifiers, byServer ? null : address)
    const vouched = input.pass ? readPass(input.pass, source) : null
    return { rules, vouched, made: input.password ? await hashOf(input.password, rules.passwordLength) : null }
  },
  async run(call, { rules, vouched, made }) {
    const { input, source, actor, trx } = call
    const values = await valuesOf(input, call, rules, trx)
    const locale = input.locale ?? call.reader.locale
    const userId = await create(objects.get('user'), { ...values, locale, registrationSource: source.id }, actor, trx)
    await giveConsents(userId, input.consents as SentConsent[], byCall(call), trx)
    const toConfirm = await enterAll(userId, call, vouched)
    if (vouched) await linkAccount(userId, vouched, trx)
    if (made) await setPassword(userId, made, trx)
    if (input.labels?.length) await setLabels(userId, input.labels, { source: source.code, actor }, trx)

    const referrerId = input.referrer ? await referrerOf(input.referrer, userId, trx) : undefined
    const token = await openSession(userId, call, trx)
    return { output: { userId, token, toConfirm }, userId, told: { sourceId: source.id, referrerId } }
  },
})

interface Registration extends Person {
  identifiers: (Sent & { confirmed?: boolean })[]
  consents: { kind: string; value: boolean }[]
  labels?: string[]
}

/** What can be said without looking at anybody. */
function refuse({ identifiers, consents, labels, ...person }: Registration, rules: Rules, byServer: boolean) {
  if (rules.closed) throw new CampaignClosed()
  if (!consents.some(({ kind, value }) => kind === 'personal_data' && value)) throw new ConsentNeeded()
  if (!byServer && labels?.length) throw InvalidFields.at('labels', 'onlyServer')
  if (!byServer && identifiers.some(({ confirmed }) => confirmed)) throw InvalidFields.at('identifiers', 'onlyServer')
  const missing = [...missingContact(identifiers, rules), ...(rules.needsName ? missingNames(person) : [])]
  if (missing.length) throw new InvalidFields(Object.fromEntries(missing.map(([field, code]) => [field, new InvalidValue(code)])))
}

type Missing = [field: string, code: string]

function missingContact(identifiers: Sent[], { needsPhone, needsEmail }: Rules): Missing[] {
  const [phone, email] = ['phone', 'email'].map((type) => identifiers.some((one) => one.type === type))
  if (needsPhone && !phone) return [['identifiers', 'phoneNeeded']]
  if (needsEmail && !email) return [['identifiers', 'emailNeeded']]
  return phone || email ? [] : [['identifiers', 'contactNeeded']]
}

/** Not everybody has a patronymic. */
const missingNames = (person: Person): Missing[] =>
  (['surname', 'givenName'] as const).filter((name) => !person[name]).map((name) => [name, 'required'])

/** Said before the transaction, so that it is counted: this is the one answer that tells of others (F28, F29). */
async function refuseKnown(identifiers: Sent[], address: string | null) {
  const any = async (known: typeof isTaken) => (await Promise.all(identifiers.map(({ type, value }) => known(type, value)))).includes(true)
  const [stopped, taken] = [await any(isStopped), await any(isTaken)]
  if (!stopped && !taken) return
  if (address !== null) await countWithin(anHour(limits.takenPerAddress), `register:taken:${addressKey(address)}`)
  throw stopped ? new ContactRefused() : new ContactTaken()
}

/** Types that are still to be confirmed. A server may warrant for what it has confirmed itself, a provider for a mail address. */
async function enterAll(userId: number, call: Call<Registration> & { trx: Transaction }, vouched: Vouched | null): Promise<string[]> {
  const waiting: string[] = []
  for (const { type, value, confirmed } of call.input.identifiers) {
    const known = (confirmed && call.byServer) || (type === 'email' && value.toLowerCase() === vouched?.email?.toLowerCase())
    if (await enterIdentifier({ userId, type, value, confirmed: known, actor: call.actor }, call)) waiting.push(type)
  }
  return [...new Set(waiting)]
}

/** Who brought them, where that is a customer; a wrong one is no reason to turn somebody away. */
async function referrerOf(named: string, userId: number, trx: Transaction): Promise<number | undefined> {
  const referrer = await customerNamed(named, trx).catch((error) => {
    if (error instanceof DomainError) return undefined
    throw error
  })
  return referrer === userId ? undefined : referrer
}
