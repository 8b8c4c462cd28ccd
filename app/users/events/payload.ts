import { InvalidFields } from '#core/objects'

const LONGEST = 8000
const DEEPEST = 5
// eslint-disable-next-line no-control-regex
const UNKEEPABLE = /[\u0000\ud800-\udfff]/u

/** What the product itself says of an event. */
const OURS = ['userId', 'at', 'context', 'type']

/** What a front end says of an event: an object of JSON, small and flat enough to be kept and read. Throws `InvalidFields`. */
export function checkPayload(payload: Record<string, unknown>) {
  const names = OURS.filter((name) => Object.hasOwn(payload, name))
  if (names.length) throw InvalidFields.at('payload', 'payloadNames', { names: names.join(', ') })
  if (JSON.stringify(payload).length > LONGEST) throw InvalidFields.at('payload', 'tooLong', { max: LONGEST })
  if (!keepable(payload, DEEPEST)) throw InvalidFields.at('payload', 'payload', { depth: DEEPEST })
}

/** PostgreSQL keeps neither a NUL nor half of a letter. */
function keepable(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return !UNKEEPABLE.test(value)
  if (value === null || typeof value !== 'object') return true
  if (depth === 0) return false
  return Object.entries(value).every(([name, one]) => !UNKEEPABLE.test(name) && keepable(one, depth - 1))
}
