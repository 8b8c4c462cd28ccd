import { type DateTime } from 'luxon'
import { sql } from '#core/database'
import { InvalidValue, type Field } from '#core/objects'
import { span, type Clock, type Operand } from './operand.js'
import { type Meaning } from './meaning.js'

const MOST_DAYS = 36_500

type Period = (today: DateTime, days: number) => [from: DateTime, until: DateTime]

/** A period that is counted from today in the zone of the clock, as one span of whole days. */
export function period(bounds: Period) {
  return (values: string[], field: Field, { now }: Clock): Operand[] => {
    const days = values.length ? numberOfDays(values[0]) : 0
    return [span(...bounds(now.startOf('day'), days), field.type)]
  }
}

export const lastDays: Period = (today, days) => [today.minus({ days }), today.plus({ days: 1 })]

export const nextDays: Period = (today, days) => [today, today.plus({ days: days + 1 })]

export const olderThan: Period = (today, days) => [today.minus({ days }), today]

export const day: Period = (today) => [today, today.plus({ days: 1 })]

export const yesterday: Period = (today) => [today.minus({ days: 1 }), today]

/** Weeks begin on Monday (ISO 8601). */
export const week: Period = (today) => [today.startOf('week'), today.startOf('week').plus({ weeks: 1 })]

export const lastMonth: Period = (today) => [today.startOf('month').minus({ months: 1 }), today.startOf('month')]

export const year: Period = (today) => [today.startOf('year'), today.startOf('year').plus({ years: 1 })]

export const month: Period = (today) => [today.startOf('month'), today.startOf('month').plus({ months: 1 })]

/** Days of the year from today on, as `MMDD`; both ends are included. */
export function daysOfYear([typed]: string[], _field: Field, { now }: Clock): Operand[] {
  const days = numberOfDays(typed)
  if (days >= 365) return [dayOfYear(101), dayOfYear(1231)]
  const [from, to] = [now, now.plus({ days })].map(({ month: m, day: d }) => m * 100 + d)
  return [dayOfYear(from === 301 && !now.isInLeapYear ? LEAP_DAY : from), dayOfYear(to)]
}

/** In a common year those born on 29 February have their day on 1 March. */
const LEAP_DAY = 229

const dayOfYear = (value: number): Operand => ({ value, at: sql`${value}::int` })

/** The day and month of a date lie in the days to come; around the new year the days wrap. */
export const anniversary: Meaning = (x, [from, to], { field, clock }) => {
  const local = field.type.name === 'date' ? x : sql`(${x} at time zone ${clock.timezone})`
  const dayAndMonth = sql`extract(month from ${local}) * 100 + extract(day from ${local})`
  return Number(from.value) <= Number(to.value)
    ? sql`${dayAndMonth} between ${from.at} and ${to.at}`
    : sql`(${dayAndMonth} >= ${from.at} or ${dayAndMonth} <= ${to.at})`
}

function numberOfDays(typed: string) {
  const days = Number(typed.trim() || 'none')
  if (!Number.isInteger(days) || days < 0 || days > MOST_DAYS) throw new InvalidValue('days', { max: MOST_DAYS })
  return days
}
