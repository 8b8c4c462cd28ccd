import { DateTime } from 'luxon'
import { momentFormat } from './formats.js'
import { readDay, readMoment } from './read_moment.js'
import { InvalidValue, type FieldDraft, type FieldOptions, type FieldType, type Reader } from './field.js'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** A month in letters cannot be taken for a day; in Russian the order of the figures is known to all. */
const dayIn = {
  ru: (year: string, month: string, day: string) => `${day}.${month}.${year}`,
  en: (year: string, month: string, day: string) => `${Number(day)} ${months[Number(month) - 1]} ${year}`,
}

/** A calendar day without time or zone, carried as `YYYY-MM-DD`. */
export const dateType: FieldType = {
  name: 'date',
  sqlType: 'date',
  input: 'date',
  parse(typed) {
    const day = readDay(typed.trim())
    if (!day) throw new InvalidValue('date')
    return day
  },
  /** Put together by hand: a list has hundreds of them, and a format library would take as long as all the rest of it. */
  show(value: string, _field, reader) {
    const [year, month, day, ...rest] = value.split('-')
    return day && !rest.length ? dayIn[reader.locale](year, month, day) : value
  },
  write: (value: string) => value,
}

/** A moment: stored as timestamptz, typed and shown in the reader's zone; text with an own zone keeps it. */
export const dateTimeType: FieldType = {
  name: 'datetime',
  sqlType: 'timestamptz',
  input: 'datetime',
  parse(typed, _field, reader) {
    const read = readMoment(typed.trim(), reader.timezone)
    if (!read) throw new InvalidValue('datetime')
    return read.toISOString()
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
