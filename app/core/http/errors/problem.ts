import { InvalidFilter } from '#core/filters'
import { DomainError, InvalidFields, UnknownName, type Reader } from '#core/objects'
import { refusalOf, sentencesOf } from './sentence.js'

/** What went wrong, as a page, a fragment and RFC 9457 tell it. */
export interface Problem {
  status: number
  /** A row of `errors.<code>` in the language files. */
  code: string
  title: string
  /** What to do about it. */
  detail: string
  /** Sentences by field. */
  errors?: Record<string, string>
}

/** Whether an error is a `Kind`, and if so, what it means. */
interface Reading {
  reads: (error: Failure) => boolean
  status: number
  code: string
}

interface Failure extends Error {
  code?: string
  status?: number
  /** PostgreSQL: where the table lies. */
  schema?: string
}

const coded = (...codes: string[]) => (error: Failure) => codes.includes(error.code ?? '')
/** Of a table that is not one of ours: what ours refuse and no field explains is a fault of the product. */
const foreign = ({ schema, message }: Failure) => (schema ? schema !== 'public' : message.includes('"custom".'))

/** What zlib says of a body that is not packed as its header says. */
const unpacked = ({ code = '' }: Failure) => /^(Z_|ERR__ERROR_FORMAT|ZSTD_)/.test(code)

const answered = (status: number) => (error: Failure) => error.status === status

/** From the particular to the general; what no row reads is ours, a 500. */
const readings: Reading[] = [
  { reads: coded('E_UNAUTHORIZED_ACCESS'), status: 401, code: 'signIn' },
  { reads: coded('unknownKey'), status: 401, code: 'unknownKey' },
  { reads: coded('expiredKey'), status: 401, code: 'expiredKey' },
  { reads: coded('revokedKey'), status: 401, code: 'revokedKey' },
  { reads: coded('keyFromElsewhere'), status: 403, code: 'keyFromElsewhere' },
  { reads: coded('scopeMissing'), status: 403, code: 'scopeMissing' },
  { reads: coded('sourceKeyNeeded'), status: 401, code: 'sourceKeyNeeded' },
  { reads: coded('callbackNotProved'), status: 401, code: 'callbackNotProved' },
  { reads: coded('customerNeeded'), status: 401, code: 'customerNeeded' },
  { reads: coded('originRefused'), status: 403, code: 'originRefused' },
  { reads: coded('unknownSource'), status: 404, code: 'unknownSource' },
  { reads: coded('bodyUnreadable'), status: 400, code: 'bodyUnreadable' },
  { reads: coded('notJson'), status: 415, code: 'notJson' },
  { reads: coded('keyMalformed'), status: 400, code: 'keyMalformed' },
  { reads: coded('stillRunning'), status: 409, code: 'stillRunning' },
  { reads: coded('keyUsedOtherwise'), status: 422, code: 'keyUsedOtherwise' },
  { reads: coded('E_BAD_CSRF_TOKEN'), status: 403, code: 'expiredPage' },
  { reads: coded('foreignOrigin'), status: 403, code: 'foreignOrigin' },
  { reads: coded('onlyLooking'), status: 403, code: 'onlyLooking' },
  { reads: coded('noSuchMethod'), status: 404, code: 'noSuchMethod' },
  { reads: coded('E_ROUTE_NOT_FOUND', 'E_ROW_NOT_FOUND'), status: 404, code: 'notFound' },
  { reads: (error) => error instanceof UnknownName, status: 404, code: 'notFound' },
  // PostgreSQL: text that is no number, a number beyond its type, a NUL, a day that is none. A form would have said so at its field.
  { reads: coded('22P02', '22003', '22007', '22008', '22021', '22P05'), status: 404, code: 'notFound' },
  // A table that was found in the database and registered has gone, or has rules of its own.
  { reads: (error) => coded('42P01', '42703', '42501')(error) && foreign(error), status: 422, code: 'tableGone' },
  { reads: (error) => coded('22001', '23502', '23503', '23505', '23514', 'P0001')(error) && foreign(error), status: 422, code: 'refusedByTable' },
  { reads: coded('ECONNREFUSED', 'ECONNRESET', '57P01', '57P03', '53300', '25006'), status: 503, code: 'unavailable' },
  { reads: (error) => error.name === 'KnexTimeoutError', status: 503, code: 'unavailable' },
  // Others held the same rows for too long, however often it was tried.
  { reads: coded('40001', '40P01', '55P03'), status: 503, code: 'busy' },
  { reads: coded('57014'), status: 503, code: 'tooLong' },
  { reads: unpacked, status: 400, code: 'badRequest' },
  { reads: answered(400), status: 400, code: 'badRequest' },
  { reads: answered(401), status: 401, code: 'signIn' },
  { reads: answered(403), status: 403, code: 'forbidden' },
  { reads: answered(404), status: 404, code: 'notFound' },
  { reads: answered(413), status: 413, code: 'tooLarge' },
  { reads: answered(415), status: 415, code: 'unsupported' },
  // Of what reads bodies: JSON that is neither an object nor a list.
  { reads: answered(422), status: 400, code: 'badRequest' },
  { reads: answered(429), status: 429, code: 'tooMany' },
]

/** Every code with its status, for whoever describes them: rules of sections (`DomainError`) are more, each with its own. */
export const problemStatuses: ReadonlyMap<string, number> = new Map([
  ...readings.map(({ code, status }) => [code, status] as const),
  ['invalid', 422],
  ['invalidFilter', 422],
  ['ours', 500],
])

export function problemOf(error: unknown, reader: Reader): Problem {
  if (error instanceof InvalidFields) return invalid(error, reader)
  if (error instanceof InvalidFilter) return unreadableFilter(error, reader)
  if (error instanceof DomainError) return refused(error, reader)
  if (isInvalidCall(error)) return invalidCall(error, reader)

  const { status, code } = readings.find(({ reads }) => reads(error as Failure)) ?? { status: 500, code: 'ours' }
  return { status, code, title: reader.t(`errors.${code}.title`), detail: reader.t(`errors.${code}.detail`) }
}

function invalid(error: InvalidFields, reader: Reader): Problem {
  const errors = sentencesOf(error, reader)
  const detail = Object.values(errors).join(' ')
  return { status: 422, code: 'invalid', title: reader.t('errors.invalid.title'), detail, errors }
}

/** A call of the public interface that is not as its method declares; the sentences are made where it is read (`core/methods`). */
interface InvalidCall extends Failure {
  sentences: Record<string, string>
}

const isInvalidCall = (error: unknown): error is InvalidCall => (error as Failure)?.code === 'invalidCall'

function invalidCall({ sentences: errors }: InvalidCall, reader: Reader): Problem {
  return { status: 422, code: 'invalid', title: reader.t('errors.invalid.title'), detail: Object.values(errors).join(' '), errors }
}

/** By place in the filter: `0.2` is the third node of the first one. */
function unreadableFilter({ errors: wrong }: InvalidFilter, reader: Reader): Problem {
  const named = wrong.map(({ path, code, params }) => [path, reader.t(`validator.${code}`, params)])
  const errors = Object.fromEntries(named)
  const detail = [...new Set(Object.values(errors))].join(' ')
  return { status: 422, code: 'invalidFilter', title: reader.t('errors.invalidFilter.title'), detail, errors }
}

function refused(error: DomainError, reader: Reader): Problem {
  return { status: error.status, code: error.code, title: reader.t('errors.refused.title'), detail: refusalOf(error, reader) }
}
