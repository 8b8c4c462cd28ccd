import { isSupportedCountry } from 'libphonenumber-js'
import { IANAZone } from 'luxon'
import { sql } from '#core/database'
import { choice, defineObject, InvalidFields, text, type Values } from '#core/objects'
import { contrast, isColour, READABLE, WHITE } from './colour.js'
import { outdateSettings } from './settings.js'

const currencies = ['RUB', 'EUR', 'USD', 'KZT', 'BYN', 'GEL', 'AMD', 'AZN', 'UZS', 'KGS', 'PLN', 'CZK', 'GBP', 'TRY', 'CNY']

/** One row, written by a page of its own; its rights and its place in the audit log are those of any object. */
export const settingsObject = defineObject({
  name: 'settings',
  table: 'settings',
  title: (row) => sql`${row}.company_name`,
  fields: {
    companyName: text({ required: true, max: 80 }),
    timezone: text({ required: true, max: 64 }),
    currency: choice(currencies),
    languages: choice(['both', 'ru', 'en'], { required: true }),
    defaultLanguage: choice(['ru', 'en'], { required: true }),
    phoneRegion: text({ required: true, max: 2 }),
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

function checked(sent: Values): Values {
  const values = typeof sent.phoneRegion === 'string' ? { ...sent, phoneRegion: sent.phoneRegion.toUpperCase() } : sent
  const { timezone, languages, defaultLanguage, phoneRegion } = values
  if (typeof phoneRegion === 'string' && !isSupportedCountry(phoneRegion)) throw InvalidFields.at('phoneRegion', 'country')
  if (typeof timezone === 'string' && !IANAZone.isValidZone(timezone)) throw InvalidFields.at('timezone', 'timezone')
  if (languages !== 'both' && languages !== defaultLanguage) throw InvalidFields.at('defaultLanguage', 'languageNotOffered')
  if (typeof values.brandColour !== 'string') return values
  return { ...values, brandColour: readableColour(values.brandColour.toLowerCase()) }
}

/** Buttons are drawn in it with white words. */
function readableColour(colour: string) {
  if (!isColour(colour)) throw InvalidFields.at('brandColour', 'colour')
  const ratio = contrast(colour, WHITE)
  if (ratio < READABLE) throw InvalidFields.at('brandColour', 'paleColour', { ratio: Math.floor(ratio * 10) / 10, needed: READABLE })
  return colour
}
