import { objects } from '#core/objects'
import { type Person } from './person.js'
import { withReferred } from './referred.js'
import { reachable } from './told_values.js'

/** What belongs to one mail and not to the customer. */
export interface Letter {
  /** Address that the mail goes to. */
  address: string
  /** Proof in tracking addresses; empty in a preview. */
  token: string
  unsubscribeLink: string
}

type Value = (person: Person) => unknown

const name = (...parts: (string | null)[]) => parts.filter(Boolean).join(' ')

/** Macros of the form `{{ User.GivenName }}`, in the order in which authors are offered them. */
export const userMacros: Record<string, Value> = {
  GivenName: (person) => person.givenName,
  MiddleName: (person) => person.middleName,
  Surname: (person) => person.surname,
  FullName: (person) => name(person.surname, person.givenName, person.middleName),
  Id: (person) => person.id,
  ExternalId: (person) => person.externalId,
  Email: (person) => person.email,
  Phone: (person) => person.phone,
  Card: (person) => person.card,
  BirthDate: (person) => person.birthDate,
  Gender: (person) => withReferred(person.gender),
  Type: (person) => withReferred(person.type),
  Status: (person) => withReferred(person.status),
  Locale: (person) => person.locale,
  RegistrationSource: (person) => withReferred(person.registrationSource),
  ReceiptsCount: (person) => person.receiptsCount ?? 0,
  ReceiptsTotal: (person) => (person.receiptsTotal ?? 0) / 100,
  AverageReceipt: (person) => averageReceipt(person),
  FirstReceiptAt: (person) => person.firstReceiptAt,
  LastReceiptAt: (person) => person.lastReceiptAt,
  Attributes: (person) => attributesOf(person),
}

/** Macros that lead to a row of a reference book, by the field of the customer that points there. */
export const referringMacros: Record<string, string> = { Gender: 'gender', Type: 'type', Status: 'status', RegistrationSource: 'registrationSource' }

/** The short macros of F58, and those that every mail needs. */
export const letterMacros: Record<string, (person: Person, letter: Letter) => unknown> = {
  GivenName: (person) => person.givenName,
  MiddleName: (person) => person.middleName,
  GivenNMiddleN: (person) => name(person.givenName, person.middleName),
  GivenNameSurname: (person) => name(person.givenName, person.surname),
  GreetingName: (person) => greeting(person),
  UserId: (person) => person.id,
  LastIdentifierValue: (_person, letter) => letter.address,
  UnsubscribeLink: (_person, letter) => letter.unsubscribeLink,
  Token: (_person, letter) => letter.token,
}

/** Everything a template may read; nothing inherited, nothing callable. */
export function contextOf(person: Person, letter: Letter): Record<string, unknown> {
  const context: Record<string, unknown> = { User: {} }
  const user = context.User as Record<string, unknown>
  for (const macro in userMacros) user[macro] = userMacros[macro](person)
  for (const macro in letterMacros) context[macro] = letterMacros[macro](person, letter)
  return context
}

/** Each is there, if empty: of one that is not, Liquid would make an answer of its own to `size`. */
function attributesOf({ attributes }: Person) {
  const further = [...objects.get('user').fields.values()].filter(({ attribute }) => attribute)
  const empty = Object.fromEntries(further.map(({ name: field }) => [field, null]))
  const told = Object.entries(attributes ?? {}).map(([field, value]) => [field, withReferred(value)])
  return { ...empty, ...Object.fromEntries(told) }
}

/** Whether a path that a template reads leads anywhere: `['User', 'GivenName']`, `['User', 'Attributes', 'shop', 'city']`. */
export function known([root, ...rest]: unknown[]): boolean {
  if (root !== 'User') return typeof root === 'string' && Object.hasOwn(letterMacros, root)
  const [field, ...further] = rest
  if (typeof field !== 'string' || !Object.hasOwn(userMacros, field)) return false
  if (field === 'Attributes') return knownAttribute(further)
  return Object.hasOwn(referringMacros, field) ? knownBehind(referringMacros[field], further) : true
}

/** A name that the template works out is not known before it is filled. */
const unforeseen = (part: unknown) => part === undefined || typeof part === 'object'

function knownAttribute([part, ...further]: unknown[]): boolean {
  if (unforeseen(part)) return true
  const field = objects.get('user').fields.get(String(part))
  return Boolean(field?.attribute) && (!field!.to || knownBehind(field!.name, further))
}

/** One step behind a reference of the customer. */
function knownBehind(reference: string, [part]: unknown[]): boolean {
  const { to } = objects.field(objects.get('user'), reference)
  return unforeseen(part) || reachable(objects.get(to!)).some((field) => field.name === part)
}

function greeting({ locale, givenName, middleName }: Person) {
  const hello = locale === 'en' ? 'Hello' : 'Здравствуйте'
  const called = locale === 'en' ? name(givenName) : name(givenName, middleName)
  return called ? `${hello}, ${called}` : hello
}

function averageReceipt({ receiptsCount, receiptsTotal }: Person) {
  return receiptsCount ? Math.round((receiptsTotal ?? 0) / receiptsCount) / 100 : 0
}
