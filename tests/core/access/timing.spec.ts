import { test } from '@japa/runner'
import { randomUUID } from 'node:crypto'
import { execute, sql } from '#core/database'
import { rolledBack } from '#tests/support/rolled_back'
import { aMemberOfStaff } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'

const PAIRS = 200

/** Milliseconds that an answer takes for known and unknown addresses, asked in turns. */
async function times(known: () => Promise<string>, ask: (visitor: Visitor, email: string) => Promise<unknown>) {
  const visitor = new Visitor()
  await visitor.get('/login')
  const taken = { known: [] as number[], unknown: [] as number[] }
  for (let n = 0; n < PAIRS; n++) {
    const emails = { known: await known(), unknown: `${randomUUID()}@example.com` }
    for (const kind of n % 2 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const)) {
      /** Addresses and accounts are limited, which is proved elsewhere. */
      await execute(sql`delete from rate_limits`)
      const begun = performance.now()
      await ask(visitor, emails[kind])
      taken[kind].push(performance.now() - begun)
    }
  }
  return { known: median(taken.known), unknown: median(taken.unknown) }
}

const median = (numbers: number[]) => numbers.sort((a, b) => a - b)[numbers.length >> 1]

test.group('What the time of an answer tells', (group) => {
  rolledBack(group)

  test('S-01 {what}: known and unknown addresses take the same time')
    .with([
      { what: 'a wrong password', ask: (visitor: Visitor, email: string) => visitor.post('/login', { email, password: 'a wrong guess' }) },
      { what: 'a forgotten password', ask: (visitor: Visitor, email: string) => visitor.post('/restore', { email }) },
    ])
    .run(async ({ assert }, { ask }) => {
      const { known, unknown } = await times(async () => (await aMemberOfStaff()).email, ask)
      const gap = Math.abs(known - unknown)
      assert.isTrue(gap < 5 || gap < unknown * 0.05, `known ${known.toFixed(1)} ms, unknown ${unknown.toFixed(1)} ms`)
    })
    .timeout(240_000)
})
