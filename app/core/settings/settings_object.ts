import { getCountries, getCountryCallingCode, type CountryCode } from 'libphonenumber-js'
import { sql } from '#core/database'
import { choice, defineObject, InvalidFields, text, type Values } from '#core/objects'
import { contrast, isColour, READABLE, WHITE } from './colour.js'
import { outdateSettings } from './settings.js'
import { timezone } from './timezones.js'

const currencies = ['RUB', 'EUR', 'USD', 'KZT', 'BYN', 'GEL', 'AMD', 'AZN', 'UZS', 'KGS', 'PLN', 'CZK', 'GBP', 'TRY', 'CNY']

/** One row, written by a page of its own; its rights and its place in the audit log are those of any object. */
export const settingsObject = defineObject({
  name: 'settings',
  table: 'settings',
  title: (row) => sql`${row}.company_name`,
  fields: {
    companyName: text({ required: true, max: 80 }),
    timezone: timezone({ required: true }),
    currency: choice(currencies),
    languages: choice(['both', 'ru', 'en'], { required: true }),
    defaultLanguage: choice(['ru', 'en'], { required: true }),
    phoneRegion: choice(getCountries(), { required: true, unknown: 'country', named: country }),
    brandColour: text({ max: 7 }),
    senderName: text({ max: 100 }),
    senderEmail: text({ format: 'email', max: 254 }),
  },
  attributes: 'none',
  rights: { administrator: ['read', 'edit'] },
  verbs: {
    before: async (values) => checked(values),
    after: async (_id, _values, trx) => void trx.after('commit', outdateSettings),
  },
})

/** `Россия, +7` */
function country(code: string, locale: string) {
  return `${new Intl.DisplayNames(locale, { type: 'region' }).of(code)}, +${getCountryCallingCode(code as CountryCode)}`
}

function checked(values: Values): Values {
  const { languages, defaultLanguage, brandColour } = values
  if (languages !== 'both' && languages !== defaultLanguage) throw InvalidFields.at('defaultLanguage', 'languageNotOffered')
  return typeof brandColour === 'string' ? { ...values, brandColour: readableColour(brandColour.toLowerCase()) } : values
}

/** Buttons are drawn in it with white words. */
function readableColour(colour: string) {
  if (!isColour(colour)) throw InvalidFields.at('brandColour', 'colour')
  const ratio = contrast(colour, WHITE)
  if (ratio < READABLE) throw InvalidFields.at('brandColour', 'paleColour', { ratio: Math.floor(ratio * 10) / 10, needed: READABLE })
  return colour
}
