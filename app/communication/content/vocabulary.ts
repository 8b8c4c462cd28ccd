import { type Person } from './person.js'

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
  Gender: (person) => person.gender,
  Type: (person) => person.type,
  Status: (person) => person.status,
  Locale: (person) => person.locale,
  RegistrationSource: (person) => person.registrationSource,
  ReceiptsCount: (person) => person.receiptsCount ?? 0,
  ReceiptsTotal: (person) => (person.receiptsTotal ?? 0) / 100,
  AverageReceipt: (person) => averageReceipt(person),
  FirstReceiptAt: (person) => person.firstReceiptAt,
  LastReceiptAt: (person) => person.lastReceiptAt,
  Attributes: (person) => person.attributes ?? {},
}

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

/** Whether a path that a template reads leads anywhere: `['User', 'GivenName']`. */
export function known([root, field]: unknown[]): boolean {
  if (root === 'User') return typeof field === 'string' && Object.hasOwn(userMacros, field)
  return typeof root === 'string' && Object.hasOwn(letterMacros, root)
}

function greeting({ locale, givenName, middleName }: Person) {
  const hello = locale === 'en' ? 'Hello' : 'Здравствуйте'
  const called = locale === 'en' ? name(givenName) : name(givenName, middleName)
  return called ? `${hello}, ${called}` : hello
}

function averageReceipt({ receiptsCount, receiptsTotal }: Person) {
  return receiptsCount ? Math.round((receiptsTotal ?? 0) / receiptsCount) / 100 : 0
}
