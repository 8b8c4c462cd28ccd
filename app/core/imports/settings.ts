import i18n from '@adonisjs/i18n/services/main'
import { plain, type Reader } from '#core/objects'
import { type Dialect } from './csv/detect.js'
import { type Mapping } from './mapping/mapping.js'

/** All that a person decided about an import; a job reads nothing else. */
export interface Settings extends Dialect, Mapping {
  columns: string[]
  locale: Reader['locale']
  /** Dates without a zone are read in it. */
  timezone: string
  currency: string
}

export function readerFor({ locale, timezone, currency }: Pick<Settings, 'locale' | 'timezone' | 'currency'>): Reader {
  const words = i18n.locale(locale)
  return { ...plain, locale, timezone, currency, t: (key, values) => words.t(key, values) }
}
