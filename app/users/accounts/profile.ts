import { type Rules } from '#app/campaigns'
import { row, sql, type Transaction } from '#core/database'
import { type Call } from '#core/methods'
import { InvalidFields, InvalidValue, objects, typedValue, type Field, type Reader, type Values } from '#core/objects'

/** What a front end says of a person. */
export interface Person {
  surname?: string | null
  givenName?: string | null
  middleName?: string | null
  /** `YYYY-MM-DD`. */
  birthDate?: string | null
  /** Code of the book: `female`. */
  gender?: string | null
  locale?: 'ru' | 'en'
  /** Further fields by name. */
  attributes?: Record<string, unknown>
}

const plainFields = ['surname', 'givenName', 'middleName', 'birthDate', 'locale'] as const

/** Values of the customer's row. Throws `InvalidFields`, with all errors at once. */
export async function valuesOf(person: Person, { byServer, reader }: Pick<Call, 'byServer' | 'reader'>, { openFields }: Rules, trx: Transaction): Promise<Values> {
  const errors: Record<string, InvalidValue> = {}
  const values: Values = {}
  for (const name of plainFields.filter((one) => person[one] !== undefined)) {
    read(name, () => (values[name] = readValue(objects.field(userObject(), name), person[name], reader)))
  }
  for (const [name, said] of Object.entries(person.attributes ?? {})) {
    read(`attributes.${name}`, () => (values[name] = readValue(openField(name, byServer, openFields), said, reader)))
  }
  if (Object.keys(errors).length) throw new InvalidFields(errors)
  return person.gender === undefined ? values : { ...values, gender: await genderCalled(person.gender, trx) }

  function read(place: string, reading: () => void) {
    try {
      reading()
    } catch (error) {
      if (!(error instanceof InvalidValue)) throw error
      errors[place] = error
    }
  }
}

const userObject = () => objects.get('user')

/** One that an administrator added, and that the caller may fill. */
function openField(name: string, byServer: boolean, open: string[]): Field {
  const field = userObject().fields.get(name)
  if (!field?.attribute || field.readonly || !(byServer || open.includes(name))) throw new InvalidValue('fieldClosed')
  return field
}

function readValue(field: Field, said: unknown, reader: Reader): unknown {
  return typedValue(field, said === null || typeof said === 'string' ? said : String(said), reader)
}

async function genderCalled(code: string | null, trx: Transaction): Promise<number | null> {
  if (code === null) return null
  const found = await row<{ id: number }>(sql`select id from genders where code = ${code} and active and deleted_at is null`, trx)
  if (!found) throw InvalidFields.at('gender', 'notInBook')
  return found.id
}
