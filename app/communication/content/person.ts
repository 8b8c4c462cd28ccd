import { type ReferredRow } from './told_values.js'

/** A value of a reference: a row that may be followed, or of nobody in particular its title alone. */
type Referring = ReferredRow | string | null

/** What macros know of a customer, as the sending statement selects it. */
export interface Person {
  id: number
  externalId: string | null
  surname: string | null
  givenName: string | null
  middleName: string | null
  birthDate: string | null
  gender: Referring
  type: Referring
  status: Referring
  locale: 'ru' | 'en'
  registrationSource: Referring
  attributes: Record<string, unknown>
  email: string | null
  phone: string | null
  card: string | null
  receiptsCount: number | null
  receiptsTotal: number | null
  firstReceiptAt: Date | string | null
  lastReceiptAt: Date | string | null
}

/** Somebody to show a mail for before a customer is chosen. */
export const samplePerson: Person = {
  id: 1,
  externalId: 'A-1',
  surname: 'Иванова',
  givenName: 'Анна',
  middleName: 'Сергеевна',
  birthDate: '1990-05-17',
  gender: 'Женский',
  type: 'Обычный клиент',
  status: 'Активен',
  locale: 'ru',
  registrationSource: null,
  attributes: {},
  email: 'anna@example.com',
  phone: '+79160000000',
  card: null,
  receiptsCount: 7,
  receiptsTotal: 1_234_500,
  firstReceiptAt: '2025-01-10T12:00:00Z',
  lastReceiptAt: '2026-06-01T12:00:00Z',
}
