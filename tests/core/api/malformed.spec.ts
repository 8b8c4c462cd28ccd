import fc from 'fast-check'
import { test } from '@japa/runner'
import { execute, sql } from '#core/database'
import { a, anEmail, aUser } from '#tests/support/people'
import { rolledBack } from '#tests/support/rolled_back'
import { callingSources, TILL_KEY } from '#tests/support/sources'
import { signedIn, systemWith } from './support/callers.js'
import { certain, malformed, mutation, type Proof } from './support/malformed.js'
import { operations, type Called } from './support/operations.js'

const home = `http://${process.env.HOST}:${process.env.PORT}`

/** So many in every run, always the same ones; `FUZZ_RUNS=10000` by night, others each time, which also holds the product to its own time. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 1_200)
const SEED = process.env.FUZZ_RUNS ? undefined : 118
const P99_MS = process.env.FUZZ_RUNS ? 250 : 1000

/** Calls for which a customer is kept: what they are told may well leave them out of their own account. */
const KEPT_FOR = 100

const untouched = Object.getOwnPropertyNames(Object.prototype).sort()

test.group('What nobody should send', (group) => {
  rolledBack(group)
  callingSources(group)

  test(`A-01 ${RUNS} malformed calls are answered, and never by a failure of ours`, async ({ assert }) => {
    const all = operations()
    const statuses = new Map<number, number>()
    const times: { of: string; milliseconds: number }[] = []
    const wrong: string[] = []
    const reached = new Set<string>()
    let proofs = await callers()

    await fc.assert(
      fc.asyncProperty(mutation, async (fault) => {
        if (times.length % KEPT_FOR === KEPT_FOR - 1) proofs = await callers()
        /** Methods are few beside the records of all objects, and as often asked. */
        const among = all.filter(({ operation }) => ('x-object' in operation) === (fault.which % 2 === 0))
        const called = among[(fault.which >> 1) % among.length]
        const { proof, place } = await proofs(called, fault.proof)
        const { verb, address, headers, body } = malformed(called, fault, place, proof)
        const said = `${verb} ${address.slice(0, 200)} ${JSON.stringify(headers).slice(0, 300)} ${String(body).slice(0, 300)}`

        const startedAt = performance.now()
        const answer = await fetch(home + address, { method: verb, headers, body: body as string })
        const text = await answer.text()
        times.push({ of: said, milliseconds: performance.now() - startedAt })
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
        if (answer.ok) reached.add(called.operation.operationId)

        if (answer.status >= 500) wrong.push(`${answer.status}: ${said}`)
        if (answer.status >= 400 && verb !== 'HEAD' && answer.headers.get('content-type') !== 'application/problem+json') wrong.push(`no problem: ${said}`)
        if (/\bat .+\.(ts|js):\d+|node_modules|syntax error at|SQLSTATE/.test(text)) wrong.push(`tells of itself: ${said}`)
        if (answer.headers.has('x-injected')) wrong.push(`a header of ours: ${said}`)
        return wrong.length < 20
      }),
      { numRuns: RUNS, seed: SEED, examples: certain, endOnFailure: true }
    )

    assert.deepEqual(wrong, [])
    const slowest = times.sort((one, other) => other.milliseconds - one.milliseconds).slice(0, Math.ceil(times.length / 100))
    if (process.env.FUZZ_RUNS) console.log(slowest.slice(0, 10), `99 of 100 within ${Math.round(slowest.at(-1)!.milliseconds)} ms`)
    assert.isBelow(slowest.at(-1)!.milliseconds, P99_MS, 'milliseconds of the slowest hundredth')
    assert.deepEqual(Object.getOwnPropertyNames(Object.prototype).sort(), untouched)
    /** Calls that are refused at the door would prove little: many come through, and each kind of refusal is met. */
    for (const status of [200, 400, 401, 404, 413, 415, 422]) assert.isAbove(statuses.get(status) ?? 0, 0, `answers ${status}`)
    assert.isAbove(reached.size, 40, 'operations that answered')
  }).timeout(900_000)
})

/** Customers and keys for a while. What a call did before it does not refuse the next one. */
async function callers() {
  const user = await aUser()
  await anEmail(user)
  const [system, bound] = [await systemWith(), await systemWith('user:read')]
  const good = await a('good', { code: `m-${user}`, name: 'Kefir' })

  return async ({ path, operation }: Called, how: Proof) => {
    await execute(sql`delete from rate_limits`)
    const byServer = how === 'other' || operation['x-caller'] === 'server'
    const proofs: Record<Proof, Record<string, string>> = path.includes('{source}')
      ? { right: byServer ? server() : await signedIn(user), other: server(), none: {} }
      : { right: system, other: bound, none: {} }
    const id = operation['x-object'] === 'good' ? good : user
    return { proof: proofs[how], place: { source: byServer ? 'till' : 'site', id: String(id) } }
  }

  function server() {
    return { 'x-source-key': TILL_KEY, 'x-user': String(user) }
  }
}

