import { type Reader } from './field.js'

const localeOf = { ru: 'ru-RU', en: 'en-GB' } as const

const numbers = new Map<string, Intl.NumberFormat>()
const moments = new Map<string, Intl.DateTimeFormat>()

/** How a reader writes numbers. Made once for each kind: to make one costs as much as to write fifty numbers. */
export function numberFormat({ locale }: Pick<Reader, 'locale'>, options: Intl.NumberFormatOptions = {}) {
  const key = `${locale} ${options.style} ${options.currency} ${options.maximumFractionDigits} ${options.signDisplay}`
  const known = numbers.get(key)
  if (known) return known
  const made = new Intl.NumberFormat(localeOf[locale], options)
  numbers.set(key, made)
  return made
}

/** A share of 1 as a person reads it: "12.5 %". */
export function percent(share: number, reader: Pick<Reader, 'locale'>, signDisplay?: 'exceptZero') {
  return numberFormat(reader, { style: 'percent', maximumFractionDigits: 1, signDisplay }).format(share)
}

/** How a reader writes a moment, in the zone of the reader. */
export function momentFormat({ locale, timezone }: Pick<Reader, 'locale' | 'timezone'>) {
  const key = `${locale} ${timezone}`
  const known = moments.get(key)
  if (known) return known
  /** A month in letters cannot be taken for a day; in Russian the order of the figures is known to all. */
  const date = locale === 'ru' ? ({ day: '2-digit', month: '2-digit' } as const) : ({ day: 'numeric', month: 'short' } as const)
  const made = new Intl.DateTimeFormat(localeOf[locale], { ...date, year: 'numeric', hour: '2-digit', minute: '2-digit', timeZone: timezone })
  moments.set(key, made)
  return made
}
