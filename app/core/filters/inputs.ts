import { DateTime } from 'luxon'
import { type Operator } from './operators.js'

/** Inputs by the number of values that an operator takes: none, one, two, or a list. */
export function inputs(arity: Operator['arity'], type: string, values: string[]) {
  const labels = ['from', 'to'].slice(0, arity === 2 ? 2 : 0)
  return {
    arity,
    type,
    look: ['text', 'choice'].includes(type) ? '' : 'builder-short',
    values,
    first: values[0] ?? '',
    single: (labels.length ? labels : ['value']).map((label, index) => ({ label, ...input(type, values[index] ?? '') })),
  }
}

/** A moment is a day and, where that is wanted, a time beside it. Words that no native input holds stay as they were typed. */
function input(type: string, typed: string) {
  const moment = (type === 'date' || type === 'datetime') && (typed === '' ? ['', ''] : dayAndTime(typed))
  if (!moment) return { typed, attributes: { type: 'text', ...attributes[type] } }
  const [day, time] = moment
  if (type === 'date') return { typed: day, attributes: attributes.day }
  return { typed: day, attributes: attributes.day, time: { typed: time, attributes: { type: 'time', ...(time.length > 5 ? { step: '1' } : {}) } } }
}

/** `2026-05-09T10:30` and `09.05.2026 10:30`, as the two inputs take them. */
function dayAndTime(typed: string): [day: string, time: string] | undefined {
  const found = /^(?:(\d{4})-(\d\d)-(\d\d)|(\d\d)[./](\d\d)[./](\d{4}))(?:[T ](\d\d:\d\d(?::\d\d)?))?$/.exec(typed.trim())
  if (!found) return undefined
  const [, year, month, day, dayFirst, monthFirst, yearLast, time = ''] = found
  const written = [year ?? yearLast, month ?? monthFirst, day ?? dayFirst].join('-')
  return DateTime.fromISO(written).isValid ? [written, time] : undefined
}

const attributes: Record<string, Record<string, string>> = {
  day: { type: 'date', min: '1900-01-01', max: '2200-12-31' },
  integer: { inputmode: 'numeric' },
  decimal: { inputmode: 'decimal' },
  money: { inputmode: 'decimal' },
  days: { inputmode: 'numeric', maxlength: '5' },
}
