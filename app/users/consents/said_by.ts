import { contextOf, type Call } from '#core/methods'
import { type Actor } from '#core/objects'
import { type Context } from '#core/signals'

/** The ways by which a word of a customer comes; `consent.origins.<way>` says them in words. */
export const ways = ['api', 'back_office', 'import', 'one_click', 'preferences', 'complaint', 'merge', 'merge_undone', 'parted', 'erasure', 'callback'] as const
export type Way = (typeof ways)[number]

/** By which way a word of a customer came, for the proof (F34-F37). */
export interface Origin {
  source: Way
  /** The row of `sources` through which it came. */
  sourceId?: number | null
  /** The method of the API that was called. */
  method?: string | null
  /** The language in which the customer was asked, where that is known. */
  locale?: 'ru' | 'en' | null
  /** The network address of whoever said it. */
  ip?: string | null
  staffId?: number | null
  /** The import whose file said it. */
  importId?: number | null
  /** Of the call in which it was said, for its events. */
  context?: Context
}

/** Who wrote down what a customer said: a member of staff by hand, or another system through the API, which names its method or its key. */
export const byActor = ({ staffId, ip, source, method, trace = '' }: Actor): Origin =>
  method === undefined
    ? { source: 'back_office', staffId, ip }
    : { source: 'api', sourceId: source, method, staffId, ip, context: source ? undefined : { source: method, campaign: null, method, trace } }

/** The customer, through a shop or an app. */
export const byCall = (call: Pick<Call, 'source' | 'method' | 'address' | 'language' | 'trace'>): Origin => ({
  source: 'api',
  sourceId: call.source.id,
  method: call.method,
  locale: call.language,
  ip: call.address,
  context: contextOf(call),
})
