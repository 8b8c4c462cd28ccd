import { DateTime } from 'luxon'

/** Whole days in the zone of the person, both ends included. */
export interface Period {
  /** YYYY-MM-DD. */
  from: string
  to: string
  /** How many. */
  days: number
  /** One of the usual lengths, which go along with today; otherwise own dates. */
  length?: number
}

/** Lengths that the switch offers. */
export const lengths = [7, 30, 90]

const USUAL = 30
const MOST_DAYS = 366

/** What an address asks for; whatever it cannot mean is the last thirty days. */
export function periodOf(query: Record<string, unknown>, timezone: string): Period {
  const today = DateTime.now().setZone(timezone).startOf('day')
  const own = between(query.from, query.to, timezone)
  if (own && own.days <= MOST_DAYS) return own
  const length = lengths.find((days) => String(days) === query.days) ?? USUAL
  return { ...span(today.minus({ days: length - 1 }), today), length }
}

/** As long a period, which ended the day before. */
export function before({ from, days }: Period): Period {
  const start = DateTime.fromISO(from, { zone: 'utc' })
  return span(start.minus({ days }), start.minus({ days: 1 }))
}

/** Every day of it. */
export function daysOf({ from, days }: Period): string[] {
  const start = DateTime.fromISO(from, { zone: 'utc' })
  return Array.from({ length: days }, (_, index) => start.plus({ days: index }).toISODate()!)
}

/** The words of an address that mean this period. */
export function wordsOf({ length, from, to }: Period): Record<string, string> {
  return length ? { days: String(length) } : { from, to }
}

function between(from: unknown, to: unknown, timezone: string): Period | undefined {
  const [start, end] = [from, to].map((day) => dayOf(day, timezone))
  if (!start || !end) return undefined
  return start <= end ? span(start, end) : span(end, start)
}

function dayOf(typed: unknown, zone: string) {
  if (typeof typed !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(typed)) return undefined
  const day = DateTime.fromISO(typed, { zone })
  return day.isValid && day.year >= 1900 && day.year <= 2100 ? day : undefined
}

function span(from: DateTime, to: DateTime): Period {
  return { from: from.toISODate()!, to: to.toISODate()!, days: Math.round(to.diff(from, 'days').days) + 1 }
}
