import { DateTime } from 'luxon'
import { momentFormat } from './formats.js'
import { InvalidValue, type FieldDraft, type FieldOptions, type FieldType, type Reader } from './field.js'

const DATES = ['yyyy-MM-dd', 'dd.MM.yyyy', 'dd/MM/yyyy', 'yyyy/MM/dd']
const TIMES = ['', " HH:mm", ' HH:mm:ss', "'T'HH:mm", "'T'HH:mm:ss"]

/** A month in letters cannot be taken for a day; in Russian the order of the figures is known to all. */
const days = { ru: 'dd.MM.yyyy', en: 'd MMM yyyy' }

/** A calendar day without time or zone, carried as `YYYY-MM-DD`. */
export const dateType: FieldType = {
  name: 'date',
  sqlType: 'date',
  input: 'date',
  parse: (typed) => within(read(typed, DATES, 'utc'), 'date').toISODate(),
  show: (value: string, _field, reader) => DateTime.fromISO(value).setLocale(reader.locale).toFormat(days[reader.locale]),
  write: (value: string) => value,
}

/** A moment: stored as timestamptz, typed and shown in the reader's zone; text with an own zone keeps it. */
export const dateTimeType: FieldType = {
  name: 'datetime',
  sqlType: 'timestamptz',
  input: 'datetime',
  parse(typed, _field, reader) {
    const zoned = /(Z|[+-]\d\d:?\d\d)$/.test(typed) ? DateTime.fromISO(typed.replace(' ', 'T')) : null
    const formats = DATES.flatMap((date) => TIMES.map((time) => date + time))
    return within(zoned ?? read(typed, formats, reader.timezone), 'datetime').toUTC().toISO()
  },
  show: (value: Date | string, _field, reader) => momentFormat(reader).format(new Date(value)).replace(',', ''),
  write: (value: Date | string, _field, reader) => moment(value, reader).toFormat("yyyy-MM-dd'T'HH:mm:ss"),
}

export const date = (options: FieldOptions = {}): FieldDraft => ({ ...options, type: dateType })
export const dateTime = (options: FieldOptions = {}): FieldDraft => ({ ...options, type: dateTimeType })

function moment(value: Date | string, reader: Reader) {
  const found = value instanceof Date ? DateTime.fromJSDate(value) : DateTime.fromISO(value)
  return found.setZone(reader.timezone)
}

function read(typed: string, formats: string[], zone: string) {
  for (const format of formats) {
    const found = DateTime.fromFormat(typed.trim(), format, { zone })
    if (found.isValid) return found
  }
  return DateTime.invalid('no format fits')
}

/** Years 1900 to 2200: the zero dates of old systems (0001-01-01) are missing dates, not values. */
function within(found: DateTime, code: string) {
  if (!found.isValid || found.year < 1900 || found.year > 2200) throw new InvalidValue(code)
  return found
}
