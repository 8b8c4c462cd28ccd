import { type Transaction } from '#core/database'
import { type Refusals } from './refusals.js'

/** An entry point of a campaign (F67, F68): a site, an app, a till. Its code stands in the address of every call. */
export interface Source {
  id: number
  code: string
  campaign: { id: number; code: string } | null
  /** Pages in browsers and apps call it, which can keep no secret: then no key is asked for. */
  frontEnd: boolean
  /** `https://shop.example`: whose pages may call it from a browser. */
  origins: string[]
  /** Is this the source's secret key, or for the time of a change the one before it? */
  opens(key: string): boolean
  /** Does one of the keys by which it was called open it still? Answered for good: they stay until the transaction is over. */
  holdKeys(trx: Transaction): Promise<boolean>
  /** What proves a call of this callback, and of no other: its secret, and for the time of a change the one before it. */
  secretsOf(callback: string): string[]
}

/** A customer who signed in. */
export interface Session {
  id: number
  userId: number
}

/** What the ground asks of sections to know who calls: sources live with campaigns, sessions with customers. */
export interface Doors {
  /** An active source by its code. */
  source(code: string): Promise<Source | undefined>
  /** Whose token it is, of a session that neither ended nor was revoked. Throws the refusal of who is not served any more. */
  session(token: string, source: Source): Promise<Session | undefined>
  /** The customer that a server names: `15` or `phone:+79160000000`. */
  customer(named: string, trx?: Transaction): Promise<number | undefined>
  /** How `session`, `customer` and `held` refuse who is not served. */
  unserved: Refusals
  /** Holds a customer until the transaction is over, and answers who they are by then. Throws the refusal of who is not served any more. */
  held(userId: number, trx: Transaction): Promise<number>
}

/** Filled by sections at boot (`Module.doors`). */
export const doors: Partial<Doors> = {}
