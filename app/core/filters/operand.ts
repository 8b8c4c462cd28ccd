import { DateTime } from 'luxon'
import { raw, sql, type Sql } from '#core/database'
import { InvalidValue, plain, type Field, type FieldType, type Reader } from '#core/objects'

/** When and where a filter is asked: relative dates count from here, and days begin and end in this zone. */
export interface Clock {
  timezone: string
  now: DateTime
}

/** A value of a condition, ready for SQL. */
export interface Operand {
  /** As the type parsed it. */
  value: unknown
  /** Bound, and cast to the type of the column. */
  at: Sql
  /** The end of a moment that was typed to the day, the minute or the second: all of it is meant. */
  until?: Sql
  /** It was typed without a time. */
  wholeDay?: boolean
}

export function clock(timezone: string, now: Date = new Date()): Clock {
  return {
    timezone,
    get now() {
      return DateTime.fromJSDate(now).setZone(timezone)
    },
  }
}

/** Reads one typed value as the field's type does; throws `InvalidValue`. */
export function operand(typed: string, field: Field, at: Clock): Operand {
  const text = typed.trim()
  if (text === '') throw new InvalidValue('required')
  const value = field.type.parse(text, field, readerAt(at))
  if (field.type.name !== 'datetime') return { value, at: bound(value, field.type) }

  const starts = DateTime.fromISO(value as string).setZone(at.timezone)
  const unit = precision(text)
  return { ...span(starts, starts.plus({ [unit]: 1 }), field.type), wholeDay: unit === 'day' }
}

/** From one moment until another, the latter not included; a calendar day is bound without its zone. */
export function span(from: DateTime, until: DateTime, type: FieldType): Operand {
  const value = stored(from, type)
  return { value, at: bound(value, type), until: bound(stored(until, type), type) }
}

function stored(moment: DateTime, type: FieldType) {
  return type.name === 'date' ? moment.toISODate() : moment.toUTC().toISO()
}

export function bound(value: unknown, type: FieldType): Sql {
  return sql`${value}::${raw(type.sqlType)}`
}

/** `2026-05-09` is a day, `2026-05-09 10:30` a minute: digits of the time tell how exact it was meant. */
function precision(typed: string) {
  const local = typed.replace(/(Z|[+-]\d\d:?\d\d)$/i, '')
  const time = /[T ]\s*(\d.*)$/i.exec(local)?.[1] ?? ''
  return units[time.replace(/\D/g, '').length] ?? 'millisecond'
}

const units: Record<number, string> = { 0: 'day', 2: 'hour', 4: 'minute', 6: 'second' }

/** Parsing looks at the zone only; words and currencies are for showing. */
const readerAt = ({ timezone }: Clock): Reader => ({ ...plain, timezone })
