import type { VineValidator } from '@vinejs/vine'
import type { SchemaTypes } from '@vinejs/vine/types'
import { type Transaction } from '#core/database'
import { type Actor, type Reader } from '#core/objects'
import { type PublishableSignal } from '#core/signals'
import { type Session, type Source } from './doors.js'
import { type Refusals } from './refusals.js'

/**
 * Who may call: `anyone` who reaches a source (a front end without a secret, or a server with the source's key); a `customer` who is
 * signed in, or a server that names one; only a `server` with the source's key; as a `callback`, another system that was given this one
 * address and its secret, and speaks for nobody who is signed in.
 */
export type Caller = 'anyone' | 'customer' | 'server' | 'callback'

/** One call of a method, with the standard context of F118. */
export interface Call<Input = unknown> {
  input: Input
  /** By the names of their parts, for a method with `files`. They are gone when the call has ended. */
  files: Record<string, CallFile>
  source: Source
  /** Name of the method: `user/register`. */
  method: string
  /** Proved by the source's key. */
  byServer: boolean
  /** Of whom the caller has spoken: signed in, or named by a server. Always there for methods of a `customer`. */
  userId: number | null
  session: Session | null
  /** Address of who calls. */
  address: string
  userAgent: string
  trace: string
  reader: Reader
  /** The language that the call asked for; null where it asked for none. */
  language: Reader['locale'] | null
  /** For what the call writes: audit rows name the source and the method. */
  actor: Actor
}

/** A file that lies on the disk of the server. What its sender says of it (its name) is theirs alone: look into it. */
export interface CallFile {
  name: string
  bytes: number
  path: string
}

/** `call.trx` is the one transaction of the effect, its event and the kept answer. */
export interface Running<Input = unknown> extends Call<Input> {
  trx: Transaction
}

export interface Method {
  name: string
  caller: Caller
  input: VineValidator<SchemaTypes, undefined>
  output: VineValidator<SchemaTypes, undefined>
  example: { input: unknown; output: unknown }
  refusals: Refusals
  /** Names of the parts that hold files. */
  files: readonly string[]
  /** Largest body. */
  bytes: number
  /** Writes nothing of the customer, who need not be held for it. */
  reads: boolean
  signal: PublishableSignal
  prepare?(call: Call<never>): Promise<unknown>
  run(call: Running<never>, prepared: unknown): Promise<{ output: unknown; userId?: number | null; told?: Record<string, unknown> }>
}
