import type { HttpContext } from '@adonisjs/core/http'
import type { VineValidator } from '@vinejs/vine'
import type { SchemaTypes } from '@vinejs/vine/types'
import { faultsOf, firstAnswer, InvalidCall, inputOf, keepAnswer, keptAnswer, ticketOf, transactionThatInsists, type Schema } from '#core/methods'
import { type Transaction } from '#core/database'
import { type Asking } from './asked_object.js'

/** What a call says, held to the schema of its object and to its rules. Throws `InvalidCall`. */
export async function said<Input>(ctx: HttpContext, { reader }: Asking, input: VineValidator<SchemaTypes, undefined>, schema: Schema): Promise<Input> {
  const faults = faultsOf(schema, ctx.request.body())
  if (faults.length) throw new InvalidCall(faults.map(({ path, code }) => [path, reader.t(`calls.${code}`)]))
  return (await inputOf({ input }, ctx, reader)) as Input
}

/** An effect that a call with an `Idempotency-Key` has once, and its answer. */
export async function once(ctx: HttpContext, effect: (trx: Transaction) => Promise<unknown>) {
  const question = [ctx.request.method(), ctx.request.url(), ctx.request.body()]
  const ticket = ticketOf(`key:${ctx.apiKey.id}`, ctx.request.header('idempotency-key'), question)
  const kept = ticket && (await keptAnswer(ticket))
  const { text, replayed } = kept ? { text: kept, replayed: true } : await transactionThatInsists(async (trx) => {
    const former = ticket && (await firstAnswer(ticket, trx))
    if (former) return { text: former, replayed: true }
    const written = JSON.stringify(await effect(trx))
    if (ticket) await keepAnswer(ticket, written, trx)
    return { text: written, replayed: false }
  })
  if (replayed) ctx.response.header('idempotency-replayed', 'true')
  return ctx.response.header('content-type', 'application/json; charset=utf-8').send(text)
}
