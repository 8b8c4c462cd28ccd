import vine from '@vinejs/vine'
import { line } from '../accounts/sent.js'
import { consentKinds } from './record_consent.js'

/** One word of a customer in a call; two kinds are two elements (F36). */
export const consentSent = () =>
  vine.object({ kind: vine.enum(consentKinds), document: line(100).minLength(1), value: vine.boolean(), campaign: line(100).minLength(1).optional() })
