import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import { execute, rows, sql } from '#core/database'
import { schemaOf, type Method } from '#core/methods'
import { a } from '#tests/support/people'
import { emptied } from '#tests/support/emptied'
import { bodyOf, closeShop, demoShop, Newcomer, say, triedMethods } from '../api/support/newcomer.js'
import { systemWith } from '../api/support/callers.js'

const home = `http://${process.env.HOST}:${process.env.PORT}`

/** They end the session that asks: who asks again is nobody any more, and has done nothing. */
const ENDING = ['user/changePassword', 'user/logout', 'user/logoutEverywhere']

interface Answer {
  status: number
  body: { code?: string }
  headers: Headers
}

/** Nothing is rolled back here: within one transaction nothing happens at the same moment. */
test.group('A call that is sent twice', (group) => {
  emptied(group)
  group.setup(async () => {
    await demoShop()
    return closeShop
  })

  test('L-02 every method: two calls with one key at the same moment have one effect and one answer; with another question it is refused', async ({ assert }) => {
    const all = triedMethods()
    const wrong: string[] = []
    let anna: Newcomer | undefined
    for (const method of all) {
      await execute(sql`delete from rate_limits`)
      await anna?.letterFor(method.name)
      const proof = (await anna?.proof(method)) ?? {}
      const key = randomUUID()
      const traces = [randomUUID(), randomUUID()]
      const answers = await Promise.all(traces.map((trace) => say(method.name, bodyOf(method), { ...proof, 'idempotency-key': key, 'x-request-id': trace })))
      wrong.push(...unequal(method.name, answers), ...(await effects(method.name, traces)))
      if (method.name === 'user/register') anna = await Newcomer.of('anna@example.com')
      if (!ENDING.includes(method.name)) wrong.push(...(await takenFor(method, key, proof)))
    }
    assert.deepEqual(wrong, [])
    assert.isAbove(all.length, 20)
  }).timeout(120_000)

  test('L-02 every way to write records likewise', async ({ assert }) => {
    const key = await systemWith()
    const good = await a('good', { code: 'once', name: 'Once' })
    const calls: [verb: string, path: string, body: object, other: object][] = [
      ['POST', 'good', { key: 'code', values: { code: 'o-1', name: 'One' } }, { key: 'code', values: { code: 'o-1', name: 'Two' } }],
      ['POST', 'good/batch', { rows: [{ code: 'o-2', name: 'One' }, { code: 'o-3', name: 'Two' }] }, { rows: [{ code: 'o-4', name: 'One' }] }],
      ['PATCH', `good/${good}`, { values: { name: 'Changed' } }, { values: { name: 'Changed anew' } }],
      ['POST', 'user', { values: { externalId: 'o-1', surname: 'Once' } }, { values: { externalId: 'o-2' } }],
    ]
    for (const [verb, path, body, other] of calls) {
      const named = randomUUID()
      const traces = [randomUUID(), randomUUID()]
      const send = async (said: object, trace: string): Promise<Answer> => {
        const headers = { ...key, 'content-type': 'application/json', 'idempotency-key': named, 'x-request-id': trace }
        const answer = await fetch(`${home}/api/v1/objects/${path}`, { method: verb, headers, body: JSON.stringify(said) })
        return { status: answer.status, body: (await answer.json()) as Answer['body'], headers: answer.headers }
      }
      const answers = await Promise.all(traces.map((trace) => send(body, trace)))
      assert.deepEqual([...unequal(path, answers), ...(await effects(path, traces))], [])
      assert.deepInclude((await send(other, randomUUID())).body, { status: 422, code: 'keyUsedOtherwise' }, path)
    }
  }).timeout(60_000)
})

function unequal(name: string, [one, other]: Answer[]): string[] {
  const statuses = [one.status, other.status].sort()
  if (ENDING.includes(name) && statuses[1] === 401) statuses[1] = 200
  else if (JSON.stringify(one.body) !== JSON.stringify(other.body)) return [`${name} answers ${JSON.stringify(one.body)} and ${JSON.stringify(other.body)}`]
  if (statuses[0] !== 200 || statuses[1] !== 200) return [`${name} answers ${statuses}: ${JSON.stringify(one.body)}`]
  const replayed = [one, other].filter(({ headers }) => headers.has('idempotency-replayed')).length
  return replayed > 1 ? [`${name} was never answered for the first time`] : []
}

/** Whatever is written by a call carries its trace: only one of two has written anything. */
async function effects(name: string, traces: string[]): Promise<string[]> {
  const found = await rows<{ trace: string }>(
    sql`select trace from user_events where trace = any(${traces}) union select trace from audit_log where trace = any(${traces})`
  )
  return found.length > 1 ? [`${name} happened twice`] : []
}

/** The key is refused to a call that says something else, where there is something else to say. */
async function takenFor(method: Method, key: string, proof: Record<string, string>): Promise<string[]> {
  const { properties = {} } = schemaOf(method.input)
  if (!Object.keys(properties).length) return []
  for (const input of otherwise(method.example.input)) {
    const { body } = await say(method.name, bodyOf({ ...method, example: { ...method.example, input } }), { ...proof, 'idempotency-key': key })
    if (body.code === 'keyUsedOtherwise') return []
  }
  return [`${method.name} takes its key for another question`]
}

/** The same call with one value less, or another one, at any depth. */
function otherwise(said: unknown): unknown[] {
  if (Array.isArray(said)) return [[], ...said.flatMap((one, at) => otherwise(one).map((other) => said.with(at, other)))]
  if (typeof said === 'boolean') return [!said]
  if (typeof said === 'string') return [`${said}1`]
  if (typeof said !== 'object' || said === null) return []
  return Object.entries(said).flatMap(([name, value]) => {
    const { [name]: _, ...less } = said as Record<string, unknown>
    return [less, ...otherwise(value).map((other) => ({ ...said, [name]: other }))]
  })
}
