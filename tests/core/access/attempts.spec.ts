import { test } from '@japa/runner'
import { execute, rows, sql } from '#core/database'
import { rolledBack } from '#tests/support/rolled_back'
import { aMemberOfStaff, PASSWORD } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'
import { delayAfter } from '../../../app/core/access/sign_in_attempts.js'
import { addressKey } from '../../../app/core/access/limits.js'

const EMAIL = 'masha@example.com'

/** As if so many seconds had gone by for all counts. */
const wait = (seconds: number) => execute(sql`update rate_limits set expire = expire - ${seconds * 1000}::bigint`)

async function guess(times: number, email = EMAIL) {
  const guesser = new Visitor()
  await guesser.get('/login')
  const statuses: number[] = []
  for (let n = 0; n < times; n++) statuses.push((await guesser.post('/login', { email, password: `guess ${n}` })).status)
  return statuses
}

test.group('Guessing passwords', (group) => {
  rolledBack(group)
  group.each.setup(async () => {
    await aMemberOfStaff({ email: EMAIL })
  })

  test('S-02 five tries are free, then each has to wait', async ({ assert }) => {
    assert.deepEqual(await guess(8), [422, 422, 422, 422, 422, 422, 429, 429])
  })

  test('S-02 an unknown mail is counted like a known one', async ({ assert }) => {
    assert.deepEqual(await guess(8, 'nobody@example.com'), [422, 422, 422, 422, 422, 422, 429, 429])
  })

  test('S-02 the answer says how long to wait, in words and in a header', async ({ assert }) => {
    await guess(7)
    const visitor = new Visitor()
    const refused = await visitor.signIn(EMAIL)
    assert.equal(refused.status, 429)
    assert.match(refused.words, /Too many tries\. Try again in \d+ seconds?/)
    assert.isAbove(Number(refused.headers.get('retry-after')), 0)
  })

  test('S-02 the owner gets in after the wait, and the count begins anew', async ({ assert }) => {
    await guess(30)
    await wait(15 * 60)
    const owner = new Visitor()
    assert.equal((await owner.signIn(EMAIL)).status, 303)
    assert.deepEqual(await guess(5), [422, 422, 422, 422, 422])
  })

  test('S-02 the owner’s own browser is not kept waiting by strangers', async ({ assert }) => {
    const owner = new Visitor()
    await owner.signIn(EMAIL)
    await owner.get('/profile')
    await owner.post('/sign-out')
    await guess(30)
    assert.equal((await owner.signIn(EMAIL)).status, 303)
    assert.equal((await new Visitor().signIn(EMAIL)).status, 429)
  })

  test('S-02 one address cannot try all people', async ({ assert }) => {
    const guesser = new Visitor()
    await guesser.get('/login')
    const statuses = []
    for (let n = 0; n < 62; n++) {
      statuses.push((await guesser.post('/login', { email: `person${n}@example.com`, password: PASSWORD })).status)
    }
    assert.deepEqual(statuses.slice(58), [422, 422, 429, 429])
  })

  test('A-06 an invented X-Forwarded-For changes nothing', async ({ assert }) => {
    await guess(7)
    const visitor = new Visitor()
    await visitor.get('/login')
    const form = { email: EMAIL, password: PASSWORD }
    assert.equal((await visitor.post('/login', form, { 'x-forwarded-for': '203.0.113.9' })).status, 429)
  })

  test('the table of limits is no list of people', async ({ assert }) => {
    await guess(2)
    assert.notInclude(JSON.stringify(await rows(sql`select key from rate_limits`)), 'masha')
  })

  test('the wait doubles up to a quarter of an hour', ({ assert }) => {
    assert.deepEqual([1, 2, 3, 9, 10, 1000].map(delayAfter), [2, 4, 8, 512, 900, 900])
  })

  test('a network of IPv6 counts as one address: {$self}')
    .with([
      ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
      ['2001:db8:1:2::9', '2001:db8:1:2'],
      ['2001:db8::9', '2001:db8:0:0'],
      ['::1', '0:0:0:0'],
      ['::ffff:203.0.113.9', '203.0.113.9'],
      ['203.0.113.9', '203.0.113.9'],
    ])
    .run(({ assert }, [address, key]) => assert.equal(addressKey(address), key))
})

/** Not rolled back: in one transaction nothing happens at the same moment. */
test.group('Guessing passwords in parallel', (group) => {
  group.each.teardown(async () => {
    await execute(sql`delete from rate_limits`)
  })

  test('S-02 tries at the same moment are counted too', async ({ assert }) => {
    const guesser = new Visitor()
    await guesser.get('/login')
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, n) => guesser.post('/login', { email: 'ghost@example.com', password: `guess ${n}` }))
    )
    assert.lengthOf(answers.filter(({ status }) => status === 422), 6)
  })
})
