import { test } from '@japa/runner'
import { execute, row, rows, sql } from '#core/database'
import { rolledBack } from '#tests/support/rolled_back'
import { aMemberOfStaff } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'
import { deviceOf } from '../../../app/core/access/places/device.js'

const CHROME = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36'

async function signedIn(email: string, agent = CHROME) {
  const visitor = new Visitor()
  await visitor.get('/login')
  await visitor.post('/login', { email, password: 'correct horse battery' }, { 'user-agent': agent })
  await visitor.get('/profile/places')
  return visitor
}

const mayEnter = async (visitor: Visitor) => (await visitor.get('/profile')).status === 200
const placesOf = (staffId: number) => rows<{ id: number }>(sql`select id from staff_sessions where staff_id = ${staffId} order by id`)

test.group('Where one is signed in', (group) => {
  rolledBack(group)

  test('device, address and time of each session are shown, and which one is this', async ({ assert }) => {
    const staff = await aMemberOfStaff()
    await signedIn(staff.email, 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1')
    const here = await signedIn(staff.email)
    const { words } = await here.get('/profile/places')
    assert.include(words, 'Chrome 141, Windows')
    assert.include(words, 'Safari 18, iOS')
    assert.include(words, '127.0.0.1')
    assert.lengthOf(words.match(/This device/g)!, 1)
  })

  test('S-04 one that is ended is dead at once, and does not go round in circles', async ({ assert }) => {
    const staff = await aMemberOfStaff()
    const elsewhere = await signedIn(staff.email)
    const here = await signedIn(staff.email)
    const [first] = await placesOf(staff.id)
    assert.equal((await here.post(`/profile/places/${first.id}/end`)).status, 303)

    assert.isFalse(await mayEnter(elsewhere))
    assert.equal((await elsewhere.get('/login')).status, 200)
    assert.isTrue(await mayEnter(here))
    await elsewhere.signIn(staff.email)
    assert.isTrue(await mayEnter(elsewhere))
  })

  test('S-04 all others are ended together', async ({ assert }) => {
    const staff = await aMemberOfStaff()
    const others = [await signedIn(staff.email), await signedIn(staff.email)]
    const here = await signedIn(staff.email)
    await here.post('/profile/places/end')
    assert.deepEqual(await Promise.all(others.map(mayEnter)), [false, false])
    assert.isTrue(await mayEnter(here))
    assert.lengthOf(await placesOf(staff.id), 1)
  })

  test('A-09 nobody ends a session of another from their own page', async ({ assert }) => {
    const masha = await aMemberOfStaff()
    const petya = await aMemberOfStaff()
    const owner = await signedIn(masha.email)
    const [place] = await placesOf(masha.id)
    const stranger = await signedIn(petya.email)
    await stranger.post(`/profile/places/${place.id}/end`)
    assert.isTrue(await mayEnter(owner))
    assert.equal((await stranger.post(`/staff/${masha.id}/places/end`)).status, 403)
  })

  test('S-04 an administrator ends them, and the log says so', async ({ assert }) => {
    const boss = await aMemberOfStaff({ role: 'administrator' })
    const staff = await aMemberOfStaff()
    const [one, two] = [await signedIn(staff.email), await signedIn(staff.email)]
    const visitor = await signedIn(boss.email)
    const card = await visitor.get(`/staff/${staff.id}/panels/places`)
    assert.include(card.words, 'Chrome 141, Windows')
    const [first] = await placesOf(staff.id)
    await visitor.post(`/staff/${staff.id}/places/${first.id}/end`)
    assert.deepEqual([await mayEnter(one), await mayEnter(two)], [false, true])
    await visitor.post(`/staff/${staff.id}/places/end`)
    assert.isFalse(await mayEnter(two))
    const log = await rows<{ staff_id: number }>(sql`select staff_id from audit_log where action = 'endSession' and record_id = ${staff.id}`)
    assert.deepEqual(log.map(({ staff_id: who }) => who), [boss.id, boss.id])
  })

  test('signing out and a new password leave no trace in the list', async ({ assert }) => {
    const staff = await aMemberOfStaff()
    const gone = await signedIn(staff.email)
    await gone.post('/sign-out')
    assert.lengthOf(await placesOf(staff.id), 0)

    await signedIn(staff.email)
    await execute(sql`update staff set session_version = session_version + 1 where id = ${staff.id}`)
    const here = await signedIn(staff.email)
    assert.lengthOf((await here.get('/profile/places')).words.match(/Chrome 141/g)!, 1)
    assert.lengthOf(await placesOf(staff.id), 1)
  })

  test('a visit is noted to within a minute', async ({ assert }) => {
    const staff = await aMemberOfStaff()
    const visitor = await signedIn(staff.email)
    await execute(sql`update staff_sessions set last_seen_at = now() - interval '2 minutes' where staff_id = ${staff.id}`)
    await visitor.get('/profile')
    const seen = await row<{ fresh: boolean }>(sql`select last_seen_at = now() as fresh from staff_sessions where staff_id = ${staff.id}`)
    assert.isTrue(seen!.fresh)
  })

  test('what a browser says of itself is hostile text: {$i}')
    .with(['<img src=x onerror=alert(1)>', 'x'.repeat(10_000), '(((((((((((((((', '; drop table staff'])
    .run(async ({ assert }, agent) => {
      const staff = await aMemberOfStaff()
      const visitor = await signedIn(staff.email, agent)
      const { status, words } = await visitor.get('/profile/places')
      assert.equal(status, 200)
      assert.notInclude(words, '<img src=x')
    })

  test('a device that tells nothing has no name', ({ assert }) => assert.isUndefined(deviceOf('')))
})
