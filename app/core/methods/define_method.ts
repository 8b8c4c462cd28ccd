import type { VineValidator } from '@vinejs/vine'
import type { Infer, SchemaTypes } from '@vinejs/vine/types'
import { defineSignal, type PayloadType } from '#core/signals'
import { PLAIN_BYTES } from './body.js'
import { type Call, type Caller, type Method, type Running } from './method.js'
import { type Refusals } from './refusals.js'

/** What a call came to. */
export interface Outcome<Output> {
  output: Output
  /** Of whom the event tells, where the call did not say it: a customer who was just registered. Null: there is nobody to tell of. */
  userId?: number | null
  /** Values of the event, as `tells` names them. */
  told?: Record<string, unknown>
}

interface MethodDeclaration<Input extends SchemaTypes, Output extends SchemaTypes, Prepared> {
  /** `user/register`: the address after the source. Its name is `signals.user.register`, what it is good for `methods.user.register`. */
  name: `${string}/${string}`
  caller: Caller
  input: VineValidator<Input, undefined>
  output: VineValidator<Output, undefined>
  /** As pasted with curl against the demo company. */
  example: { input: Infer<Input>; output: Infer<Output> }
  /** What it may refuse beside what every method does. */
  refusals?: Refusals
  /** Names of the parts that may hold files; the call is then multipart, with the input as JSON in the part `input`. */
  files?: readonly string[]
  /** Largest body; 64 KB when not given, which is enough for anything but files. */
  bytes?: number
  /** Writes nothing of the customer: others are not held up by it. */
  reads?: boolean
  /** What the event says besides the context. Nothing secret: events are kept and read by many. */
  tells?: Record<string, PayloadType>
  /** What takes long or goes outside, before the transaction opens: hashes of passwords. */
  prepare?(call: Call<Infer<Input>>): Promise<Prepared>
  /** The effect, in one transaction with its event and its kept answer. Refuses with a `DomainError`. */
  run(call: Running<Infer<Input>>, prepared: Prepared): Promise<Outcome<Infer<Output>>>
}

/**
 * A method of the public interface (F90-F92, F118), declared once: `POST /api/v1/{source}/<name>`, its entry in OpenAPI, an event of the
 * customer and the signal `<name with a dot>` that starts what follows it.
 */
export function defineMethod<Input extends SchemaTypes, Output extends SchemaTypes, Prepared = undefined>(
  declaration: MethodDeclaration<Input, Output, Prepared>
): Method {
  const { refusals = {}, files = [], bytes = PLAIN_BYTES, reads = false, tells = {} } = declaration
  const signal = defineSignal(declaration.name.replaceAll('/', '.'), tells)
  return { ...declaration, refusals, files, bytes, reads, signal } as unknown as Method
}
