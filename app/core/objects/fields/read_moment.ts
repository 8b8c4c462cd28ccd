import { DateTime } from 'luxon'

/** `2026-02-01`, `01.02.2026`, `01/02/2026`, `2026/02/01`, with or without a time. */
const LOCAL = /^(?:(\d{4})([-/])(\d\d)\2(\d\d)|(\d\d)([./])(\d\d)\6(\d{4}))(?:[ T](\d\d):(\d\d)(?::(\d\d))?)?$/
const ZONED = /^(\d{4})-(\d\d)-(\d\d)[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/

/** Written parts of a day and a time: `[year, month, day, hour, minute, second]`. */
type Parts = [number, number, number, number, number, number]

/** A day as a person types it, as `YYYY-MM-DD`, or undefined. An import has a million of them: a format library would take minutes. */
export function readDay(typed: string): string | undefined {
  const parts = partsOf(typed)
  return parts && new Date(Date.UTC(parts[0], parts[1] - 1, parts[2])).toISOString().slice(0, 10)
}

/** A moment as a person types it, read in `zone` unless it names its own; undefined when it is none. */
export function readMoment(typed: string, zone: string): Date | undefined {
  return readZoned(typed) ?? readLocal(typed, zone)
}

function readZoned(typed: string) {
  const written = ZONED.exec(typed)
  if (!written || !exists(Number(written[1]), Number(written[2]), Number(written[3]))) return undefined
  const moment = new Date(typed.replace(' ', 'T').replace(/([+-]\d\d)(\d\d)$/, '$1:$2'))
  return Number.isNaN(moment.getTime()) ? undefined : moment
}

function readLocal(typed: string, zone: string) {
  const parts = partsOf(typed)
  if (!parts) return undefined
  const [year, month, day, hour, minute, second] = parts
  if (zone === 'UTC') return new Date(Date.UTC(year, month - 1, day, hour, minute, second))
  const moment = DateTime.fromObject({ year, month, day, hour, minute, second }, { zone })
  return moment.isValid ? moment.toJSDate() : undefined
}

function partsOf(typed: string): Parts | undefined {
  const written = LOCAL.exec(typed)
  if (!written) return undefined
  const [year, month, day] = (written[1] ? [written[1], written[3], written[4]] : [written[8], written[7], written[5]]).map(Number)
  const [hour, minute, second] = [written[9], written[10], written[11]].map((figures) => Number(figures ?? 0))
  return exists(year, month, day) && hour < 24 && minute < 60 && second < 60
    ? [year, month, day, hour, minute, second]
    : undefined
}

/** Years 1900 to 2200: the zero dates of old systems (0001-01-01) are missing dates, not values. */
function exists(year: number, month: number, day: number) {
  return year >= 1900 && year <= 2200 && month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
}
