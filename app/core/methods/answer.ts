import type { HttpContext } from '@adonisjs/core/http'
import { transaction } from '#core/database'
import { callerOf } from './caller_of.js'
import { allowOrigin } from './cors.js'
import { firstAnswer, keepAnswer, ticketOf } from './idempotency.js'
import { inputOf } from './input_of.js'
import { type Call, type Method, type Running } from './method.js'
import { sourceOf } from './source_of.js'

/** One call of a method: who calls, what they say, the effect with its event, the answer. What fails leaves nothing and starts nothing. */
export async function answer(method: Method, ctx: HttpContext) {
  const source = await sourceOf(ctx)
  allowOrigin(source, ctx)
  const caller = await callerOf(method, source, ctx)
  const input = await inputOf(method, ctx, caller.reader)
  const call = { ...caller, input } as Call<never>
  const ticket = ticketOf(`${source.id}:${caller.userId ?? ''}`, ctx.request.header('idempotency-key'), [method.name, ctx.request.body()])

  const prepared = await method.prepare?.(call)
  const output = await transaction(async (trx) => {
    const former = ticket && (await firstAnswer(ticket, trx))
    if (former !== undefined && former !== null) {
      ctx.response.header('idempotent-replayed', 'true')
      return former
    }
    const running = { ...call, trx } as Running<never>
    const outcome = await method.run(running, prepared)
    await tell(method, running, outcome)
    if (ticket) await keepAnswer(ticket, outcome.output, trx)
    return outcome.output
  })
  return ctx.response.json(output)
}

/** The event of the customer, which is the signal that starts what follows. */
async function tell({ signal }: Method, call: Running<never>, outcome: Awaited<ReturnType<Method['run']>>) {
  const userId = outcome.userId === undefined ? call.userId : outcome.userId
  if (userId === null) return
  const { source, method, trace } = call
  const context = { source: source.code, campaign: source.campaign?.id ?? null, method, trace }
  await signal.publish({ userId, context, ...outcome.told }, call.trx)
}
