import type { HttpContext } from '@adonisjs/core/http'
import { addressKey } from '#core/access'
import { type Transaction } from '#core/database'
import { allow } from './allowance.js'
import { callerOf } from './caller_of.js'
import { contextOf } from './context_of.js'
import { allowOrigin } from './cors.js'
import { doors } from './doors.js'
import { filesOf } from './files_of.js'
import { firstAnswer, keepAnswer, keptAnswer, ticketOf, type Ticket } from './idempotency.js'
import { inputOf } from './input_of.js'
import { transactionThatInsists } from './insistent.js'
import { type Call, type Method, type Running } from './method.js'
import { sourceOf } from './source_of.js'

/** One call of a method: who calls, what they say, the effect with its event, the answer. What fails leaves nothing and starts nothing. */
export async function answer(method: Method, ctx: HttpContext) {
  const source = await sourceOf(ctx)
  allowOrigin(source, ctx)
  const caller = await callerOf(method, source, ctx)
  await allow(caller, ctx)
  const input = await inputOf(method, ctx, caller.reader)
  const call = { ...caller, input, files: filesOf(method, ctx, caller.reader) } as Call<never>
  const ticket = ticketFor(call, method, ctx)

  const { text, replayed } = (await replay(ticket)) ?? (await effect(method, call, ticket).catch((refusal) => replayInstead(ticket, refusal)))
  if (replayed) ctx.response.header('idempotency-replayed', 'true')
  return ctx.response.header('content-type', 'application/json; charset=utf-8').send(text)
}

interface Answered {
  text: string
  /** As it was answered before. */
  replayed: boolean
}

async function replay(ticket: Ticket | null): Promise<Answered | null> {
  const kept = ticket && (await keptAnswer(ticket))
  return kept ? { text: kept, replayed: true } : null
}

/** Of two calls at the same moment one may be refused for what the other one has just done: the contact is taken, the code is used. */
async function replayInstead(ticket: Ticket | null, refusal: unknown): Promise<Answered> {
  const former = await replay(ticket)
  if (!former) throw refusal
  return former
}

async function effect(method: Method, call: Call<never>, ticket: Ticket | null): Promise<Answered> {
  const prepared = await method.prepare?.(call)
  return transactionThatInsists(async (trx) => {
    const former = ticket && (await firstAnswer(ticket, trx))
    if (former) return { text: former, replayed: true }
    const running = { ...call, trx, userId: await held(method, call, trx) } as Running<never>
    const outcome = await method.run(running, prepared)
    await tell(method, running, outcome)
    const written = JSON.stringify(outcome.output)
    if (ticket) await keepAnswer(ticket, written, trx)
    return { text: written, replayed: false }
  })
}

/** Meanwhile they may have become somebody else, or nobody: what is written is written for who they are now. */
async function held({ reads }: Method, { userId }: Call<never>, trx: Transaction) {
  return userId === null || reads ? userId : doors.held!(userId, trx)
}

/** Of files their names and sizes stand for them. A signed callback is known by its `webhook-id`, however often it comes. */
function ticketFor(call: Call<never>, { caller }: Method, { request }: HttpContext): Ticket | null {
  const { method, input, files } = call
  const known = (caller === 'callback' ? request.header('webhook-id') : undefined) ?? request.header('idempotency-key')
  const sent = Object.entries(files).map(([part, { name, bytes }]) => [part, name, bytes])
  return ticketOf(caller === 'callback' ? `${call.source.id}|${method}` : askerOf(call), known, [method, input, sent])
}

/** Whose kept answers these are: one may hold a token, so a browser finds none of a server, of another session or of another address. */
function askerOf({ source, byServer, session, userId, address }: Call<never>): string {
  const asker = byServer ? 'server' : session ? 'browser' : addressKey(address)
  return [source.id, asker, session?.id ?? '', userId ?? ''].join('|')
}

/** The event of the customer, which is the signal that starts what follows. */
async function tell({ signal }: Method, call: Running<never>, outcome: Awaited<ReturnType<Method['run']>>) {
  const userId = outcome.userId === undefined ? call.userId : outcome.userId
  if (userId === null) return
  await signal.publish({ userId, context: contextOf(call), ...outcome.told }, call.trx)
}
