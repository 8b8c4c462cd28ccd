import { type Context } from '#core/signals'
import { type Call } from './method.js'

/** Where what a call leads to happened, for its events (F118). */
export const contextOf = ({ source, method, trace }: Pick<Call, 'source' | 'method' | 'trace'>): Context => ({
  source: source.code,
  campaign: source.campaign?.id ?? null,
  method,
  trace,
})
