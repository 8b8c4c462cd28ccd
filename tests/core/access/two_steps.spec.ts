import { test } from '@japa/runner'
import { Secret, TOTP } from 'otpauth'
import { execute, row, rows, sql, transaction } from '#core/database'
import { edit, objects } from '#core/objects'
import { outdateRoles, type Staff } from '#core/access'
import { rolledBack } from '#tests/support/rolled_back'
import { aMemberOfStaff, PASSWORD } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'
import { newLink, tokenOf } from '../../../app/core/access/links/link.js'
import { codesLeft } from '../../../app/core/access/two_steps/recovery_codes.js'
import { turnOn } from '../../../app/core/access/two_steps/second_step.js'
import { newTotpSecret, stepOf } from '../../../app/core/access/two_steps/totp.js'

/** The code that an app shows so many steps of half a minute from now. */
const codeOf = (secret: string, steps = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * 30_000 })

/** As if the codes used so far were of long ago: a test does not wait for half a minute. */
const wait = () => execute(sql`update staff_second_factors set last_step = 0`)
const forgetTries = () => execute(sql`delete from rate_limits`)
const mayEnter = async (visitor: Visitor) => (await visitor.get('/profile')).status === 200

async function inTwoSteps(person: Parameters<typeof aMemberOfStaff>[0] = {}) {
  const staff = await aMemberOfStaff(person)
  const secret = newTotpSecret()
  const codes = await turnOn(staff.id, secret, codeOf(secret), { staffId: staff.id })
  await wait()
  await staff.refresh()
  return { staff, secret, codes }
}

/** The password is right, and the code is asked for. */
async function halfway(staff: Staff) {
  const visitor = new Visitor()
  const { status, headers } = await visitor.signIn(staff.email)
  await visitor.get('/login/code')
  return Object.assign(visitor, { status, location: headers.get('location') })
}

const say = (visitor: Visitor, code: string) => visitor.post('/login/code', { code })

test.group('Signing in with two steps', (group) => {
  rolledBack(group)

  test('S-08 the password alone opens nothing', async ({ assert }) => {
    const { staff } = await inTwoSteps()
    const visitor = await halfway(staff)
    assert.equal(visitor.location, '/login/code?return=%2F')
    assert.isFalse(await mayEnter(visitor))
    assert.equal((await visitor.get('/')).status, 303)
  })

  test('S-08 a code of now opens the page that was asked for', async ({ assert }) => {
    const { staff, secret } = await inTwoSteps()
    const visitor = new Visitor()
    await visitor.get('/login')
    await visitor.post('/login', { email: staff.email, password: PASSWORD, return: '/users' })
    await visitor.get('/login/code?return=/users')
    const before = visitor.session
    const opened = await visitor.post('/login/code', { code: codeOf(secret), return: '/users' })
    assert.equal(opened.status, 303)
    assert.equal(opened.headers.get('location'), '/users')
    assert.isTrue(await mayEnter(visitor))
    assert.notEqual(visitor.session, before)
  })

  test('S-08 a code opens once', async ({ assert }) => {
    const { staff, secret } = await inTwoSteps()
    const code = codeOf(secret)
    assert.equal((await say(await halfway(staff), code)).status, 303)
    assert.equal((await say(await halfway(staff), code)).status, 422)
    assert.equal((await say(await halfway(staff), codeOf(secret, 1))).status, 303)
    assert.equal((await say(await halfway(staff), codeOf(secret, -1))).status, 422, 'an earlier one was not used, and is past')
  })

  test('S-08 a phone may be one step off, not two: {steps}')
    .with([
      { steps: -2, status: 422 },
      { steps: -1, status: 303 },
      { steps: 0, status: 303 },
      { steps: 1, status: 303 },
      { steps: 2, status: 422 },
    ])
    .run(async ({ assert }, { steps, status }) => {
      const { staff, secret } = await inTwoSteps()
      assert.equal((await say(await halfway(staff), codeOf(secret, steps))).status, status)
    })

  test('S-08 a recovery code opens once, and only for its owner', async ({ assert }) => {
    const masha = await inTwoSteps()
    const petya = await inTwoSteps()
    assert.lengthOf(masha.codes, 10)
    assert.equal((await say(await halfway(petya.staff), masha.codes[0])).status, 422)
    const opened = await halfway(masha.staff)
    assert.equal((await say(opened, masha.codes[0].toUpperCase().replaceAll('-', ' '))).status, 303)
    assert.include((await opened.get('/profile')).words, '9 are left')
    assert.equal((await say(await halfway(masha.staff), masha.codes[0])).status, 422)
    assert.equal(await codesLeft(masha.staff.id), 9)
  })

  test('S-08 a code of one person opens nothing for another', async ({ assert }) => {
    const masha = await inTwoSteps()
    const petya = await inTwoSteps()
    assert.equal((await say(await halfway(petya.staff), codeOf(masha.secret))).status, 422)
  })

  test('S-02 five codes, then the password is asked again', async ({ assert }) => {
    const { staff, secret } = await inTwoSteps()
    const guesser = await halfway(staff)
    const statuses = []
    for (let n = 0; n < 5; n++) statuses.push((await say(guesser, `00000${n}`)).status)
    await execute(sql`delete from rate_limits where key not like 'sign-in:code:%'`)
    statuses.push((await say(guesser, codeOf(secret))).status)
    assert.deepEqual(statuses, [422, 422, 422, 422, 422, 303])
    assert.isFalse(await mayEnter(guesser))
  })

  test('S-02 guesses go on slowly also with the password anew, and the owner’s own browser does not wait', async ({ assert }) => {
    const { staff, secret } = await inTwoSteps()
    const owner = await halfway(staff)
    await say(owner, codeOf(secret))
    await owner.get('/profile')
    await owner.post('/sign-out')
    await wait()
    const statuses = []
    for (let n = 0; n < 8; n++) statuses.push((await say(await halfway(staff), `00000${n}`)).status)
    assert.deepEqual(statuses, [422, 422, 422, 422, 422, 422, 429, 429])

    await owner.signIn(staff.email)
    await owner.get('/login/code')
    assert.equal((await say(owner, codeOf(secret))).status, 303)
  })

  test('S-02 the first step counts for ten minutes', async ({ assert, cleanup }) => {
    const { staff, secret } = await inTwoSteps()
    const visitor = await halfway(staff)
    const now = Date.now
    cleanup(() => void (Date.now = now))
    Date.now = () => now() + 11 * 60_000
    const late = await say(visitor, codeOf(secret))
    Date.now = now
    assert.equal(late.headers.get('location'), '/login?return=%2F')
    assert.isFalse(await mayEnter(visitor))
  })

  test('S-04 a new password voids the first step that was made with the old one', async ({ assert }) => {
    const { staff, secret } = await inTwoSteps()
    const visitor = await halfway(staff)
    await transaction((trx) => edit(objects.get('staff'), staff.id, { password: 'a quite different sentence' }, { staffId: null }, trx))
    await say(visitor, codeOf(secret))
    assert.isFalse(await mayEnter(visitor))
  })

  test('S-08 a restored password does not stand in for the code', async ({ assert }) => {
    const { staff } = await inTwoSteps()
    const page = `/restore/${(await tokenOf(await newLink(staff.id, 'restore')))!.token}`
    const visitor = new Visitor()
    await visitor.get(page)
    await visitor.post(page, { password: 'a quite different sentence' })
    assert.isFalse(await mayEnter(visitor))
    const signed = await visitor.signIn(staff.email, 'a quite different sentence')
    assert.match(signed.headers.get('location')!, /^\/login\/code/)
  })

  test('strange codes are wrong codes', async ({ assert }) => {
    const { staff } = await inTwoSteps()
    for (const code of ['', '\u0000', '12345', '1234567', '１２３４５６', 'x'.repeat(5000)]) {
      await forgetTries()
      assert.equal((await say(await halfway(staff), code)).status, 422, code.slice(0, 10))
    }
  })
})

test.group('Setting up the second step', (group) => {
  rolledBack(group)

  async function settingUp() {
    const staff = await aMemberOfStaff()
    const visitor = new Visitor()
    await visitor.signIn(staff.email)
    const page = await visitor.get('/profile/two-steps')
    const secret = /<code class="secret-text[^>]*>([A-Z2-7 ]+)</.exec(page.words)![1].replaceAll(' ', '')
    return { staff, visitor, page, secret }
  }

  test('it is on once a code shows that the app has the secret; the recovery codes are shown once', async ({ assert }) => {
    const { staff, visitor, page, secret } = await settingUp()
    assert.include(page.words, '<svg')
    const elsewhere = new Visitor()
    await elsewhere.signIn(staff.email)
    assert.equal((await visitor.post('/profile/two-steps', { code: '000000' })).status, 422)

    const shown = await visitor.post('/profile/two-steps', { code: codeOf(secret) })
    assert.equal(shown.status, 200)
    const codes = [...shown.words.matchAll(/<li>([a-z2-9]{4}(?:-[a-z2-9]{4}){3})<\/li>/g)].map(([, code]) => code)
    assert.lengthOf(codes, 10)
    assert.isTrue(await mayEnter(visitor), 'here the person stays')
    assert.isFalse(await mayEnter(elsewhere), 'S-04 a session of one step ends')
    assert.notInclude((await visitor.get('/profile/two-steps')).words, codes[0])
    assert.equal((await say(await halfway(staff), codeOf(secret))).status, 422, 'the code that set it up is used')
    assert.equal((await say(await halfway(staff), codes[0])).status, 303)
  })

  test('a page drawn again shows the same secret', async ({ assert }) => {
    const { visitor, secret } = await settingUp()
    assert.include((await visitor.get('/profile/two-steps')).words.replaceAll(' ', ''), secret)
  })

  test('turning it off needs password and code', async ({ assert }) => {
    const { staff, visitor, secret } = await settingUp()
    await visitor.post('/profile/two-steps', { code: codeOf(secret) })
    await wait()
    const off = (current: string, code: string) => visitor.post('/profile/two-steps/end', { current, code })
    assert.equal((await off('a guess', codeOf(secret))).status, 422)
    assert.equal((await off(PASSWORD, '000000')).status, 422)
    assert.equal((await off(PASSWORD, codeOf(secret))).status, 303)
    assert.equal((await new Visitor().signIn(staff.email)).headers.get('location'), '/')
  })

  test('S-08 new recovery codes need a code, and void the old ones', async ({ assert }) => {
    const { staff, secret, codes } = await inTwoSteps()
    const visitor = await halfway(staff)
    await say(visitor, codes[0])
    await visitor.get('/profile/two-steps')
    assert.equal((await visitor.post('/profile/two-steps/codes', { renewCode: '000000' })).status, 422)
    assert.equal((await visitor.post('/profile/two-steps/codes', { renewCode: codeOf(secret) })).status, 200)
    assert.equal(await codesLeft(staff.id), 10)
    assert.equal((await say(await halfway(staff), codes[1])).status, 422)
  })

  test('an administrator turns it off for another, not for themselves, and the log says so', async ({ assert }) => {
    const { staff } = await inTwoSteps()
    const boss = await inTwoSteps({ role: 'administrator' })
    const visitor = await halfway(boss.staff)
    await say(visitor, codeOf(boss.secret))
    await visitor.get('/staff')
    assert.equal((await visitor.post(`/staff/${boss.staff.id}/two-steps/end`)).status, 422)
    assert.equal((await visitor.post(`/staff/${staff.id}/two-steps/end`)).status, 303)
    const [entry] = await rows<{ action: string; staff_id: number; record_id: number }>(
      sql`select * from audit_log where action = 'secondFactorOff'`
    )
    assert.deepInclude(entry, { staff_id: boss.staff.id, record_id: staff.id })
    assert.equal((await new Visitor().signIn(staff.email)).headers.get('location'), '/')
  })

  test('a role may ask for it: nothing else opens before', async ({ assert, cleanup }) => {
    const { default: env } = await import('#start/env')
    env.set('TWO_STEPS_FOR', 'administrator, owner')
    cleanup(() => env.set('TWO_STEPS_FOR', ''))
    const boss = await aMemberOfStaff({ role: 'administrator' })
    const visitor = new Visitor()
    await visitor.signIn(boss.email)
    assert.equal((await visitor.get('/staff')).headers.get('location'), '/profile/two-steps')
    assert.equal((await visitor.get('/profile')).headers.get('location'), '/profile/two-steps')
    assert.include((await visitor.get('/profile/two-steps')).words, 'Your role asks for two-step sign-in')
    const marketer = await aMemberOfStaff()
    const other = new Visitor()
    await other.signIn(marketer.email)
    assert.isTrue(await mayEnter(other))
  })

  test('an administrator ticks the roles that it is asked for', async ({ assert, cleanup }) => {
    cleanup(outdateRoles)
    const marketer = await row<{ id: number }>(sql`select id from roles where code = 'marketer'`)
    await transaction((trx) => edit(objects.get('role'), marketer!.id, { twoSteps: true }, { staffId: null }, trx))
    outdateRoles()
    const asked = new Visitor()
    await asked.signIn((await aMemberOfStaff()).email)
    assert.equal((await asked.get('/users')).headers.get('location'), '/profile/two-steps')
    assert.equal((await asked.get('/users', { 'hx-request': 'true' })).headers.get('hx-redirect'), '/profile/two-steps')
    const other = new Visitor()
    await other.signIn((await aMemberOfStaff({ role: 'viewer' })).email)
    assert.isTrue(await mayEnter(other))
  })

  test('S-07 secret and recovery codes stand in no table as they are', async ({ assert }) => {
    const { secret, codes } = await inTwoSteps()
    const kept = await rows(
      sql`select to_jsonb(f)::text as text from staff_second_factors f union all select to_jsonb(c)::text from staff_recovery_codes c
        union all select to_jsonb(a)::text from audit_log a union all select to_jsonb(r)::text from job_runs r`
    )
    for (const canary of [secret, ...codes]) assert.notInclude(JSON.stringify(kept), canary)
  })
})

test('the codes are those of RFC 6238, appendix B', ({ assert }) => {
  const known = new Secret({ buffer: new Uint8Array(Buffer.from('12345678901234567890')).buffer }).base32
  assert.equal(stepOf('287082', known, 59_000), 1)
  assert.equal(stepOf('005924', known, 1234567890_000), Math.floor(1234567890 / 30))
  assert.isNull(stepOf('287082', known, 159_000))
})
