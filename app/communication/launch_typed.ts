import { InvalidFields, InvalidValue, numberTyped } from '#core/objects'
import { type Launch } from './sending/launch.js'

const MOST_IDENTIFIERS = 1_000

/** The dialog of sending as the person filled it. Throws `InvalidFields`. */
export function typedLaunch(form: Record<string, unknown>): Launch {
  const errors: Record<string, InvalidValue> = {}
  const toSegment = form.to !== 'identifiers'
  const segment = positive(form.segment)
  const identifiers = [form.identifiers ?? []].flat().map(positive)

  if (toSegment && !segment) errors.segment = new InvalidValue('required')
  if (!toSegment && !identifiers.length) errors.identifiers = new InvalidValue('required')
  if (identifiers.includes(null)) errors.identifiers = new InvalidValue('reference')
  if (identifiers.length > MOST_IDENTIFIERS) errors.identifiers = new InvalidValue('tooManyChosen', { max: MOST_IDENTIFIERS })
  if (form.perMinute && !positive(form.perMinute)) errors.perMinute = new InvalidValue('positive')
  if (Object.keys(errors).length) throw new InvalidFields(errors)

  return {
    segmentId: toSegment ? segment : null,
    identifierIds: toSegment ? [] : (identifiers as number[]),
    testCustomers: form.testCustomers === '1',
    recount: toSegment && form.recount === '1',
    perMinute: positive(form.perMinute),
    confirmedCount: numberTyped(form.confirmedCount) || null,
  }
}

function positive(typed: unknown): number | null {
  const number = typeof typed === 'string' ? Number(typed.replace(/\s/g, '')) : Number.NaN
  return Number.isSafeInteger(number) && number > 0 ? number : null
}
