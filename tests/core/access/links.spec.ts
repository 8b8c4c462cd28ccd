import { test } from '@japa/runner'
import { execute, row, rows, sql, transaction } from '#core/database'
import { addStaff, Staff } from '#core/access'
import { edit, objects } from '#core/objects'
import { rolledBack } from '#tests/support/rolled_back'
import { aMemberOfStaff, PASSWORD } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'
import { newLink, tokenOf, type LinkKind } from '../../../app/core/access/links/link.js'
import { mailLink } from '../../../app/core/access/links/link_mail_job.js'
import { capturedMail } from '#tests/support/captured_mail'

const CHOSEN = 'a sentence of my own'
const nobody = { staffId: null }

/** Somebody who is invited and has not come yet. */
async function anInvited(email = 'masha@example.com') {
  const id = await transaction((trx) => addStaff({ name: 'Маша', email, role: 'viewer', locale: 'en', timezone: 'UTC' }, nobody, trx))
  return Staff.findOrFail(id)
}

/** The address of a link as a mail would hold it. */
async function pageOf(staff: Staff, kind: LinkKind) {
  const link = await row<{ id: number }>(sql`select id from staff_links where staff_id = ${staff.id} and kind = ${kind}`)
  const { token } = (await tokenOf(link?.id ?? (await newLink(staff.id, kind))))!
  return `/${kind}/${token}`
}

async function choose(page: string, password = CHOSEN) {
  const visitor = new Visitor()
  await visitor.get(page)
  return Object.assign(await visitor.post(page, { password }), { visitor })
}

const mayEnter = async (visitor: Visitor) => (await visitor.get('/profile')).status === 200
const grow = (minutes: number) => execute(sql`update staff_links set expires_at = expires_at - ${minutes} * interval '1 minute'`)

test.group('Invitations', (group) => {
  rolledBack(group)

  test('S-08 whoever opens one chooses a password and is in', async ({ assert }) => {
    const staff = await anInvited()
    const page = await pageOf(staff, 'invitation')
    const shown = await new Visitor().get(page)
    assert.equal(shown.status, 200)
    assert.include(shown.words, 'At least 10 characters')
    assert.include(shown.words, 'autocomplete="new-password"')

    const { status, visitor } = await choose(page)
    assert.equal(status, 303)
    assert.isTrue(await mayEnter(visitor))
    assert.equal((await new Visitor().signIn(staff.email, CHOSEN)).status, 303)
  })

  test('S-08 nobody signs in without a password, whatever is typed', async ({ assert }) => {
    const staff = await anInvited()
    for (const password of ['', 'nobody has this password', PASSWORD]) {
      assert.equal((await new Visitor().signIn(staff.email, password)).status, 422)
    }
  })

  test('S-08 a link works once', async ({ assert }) => {
    const page = await pageOf(await anInvited(), 'invitation')
    await choose(page)
    assert.equal((await choose(page, 'quite another sentence')).status, 410)
    assert.equal((await new Visitor().get(page)).status, 410)
  })

  test('S-08 looking at it does not use it up, nor does a password that is too short', async ({ assert }) => {
    const page = await pageOf(await anInvited(), 'invitation')
    for (let n = 0; n < 3; n++) await new Visitor().get(page)
    const short = await choose(page, 'short')
    assert.equal(short.status, 422)
    assert.include(short.words, 'At least 10 characters')
    assert.notInclude(short.words, 'value="short"')
    assert.equal((await choose(page)).status, 303)
  })

  test('S-08 it is out of date after three days', async ({ assert }) => {
    const staff = await anInvited()
    const page = await pageOf(staff, 'invitation')
    await grow(72 * 60 - 1)
    assert.equal((await new Visitor().get(page)).status, 200)
    await grow(2)
    assert.equal((await new Visitor().get(page)).status, 410)
    assert.equal((await choose(page)).status, 410)
  })

  test('S-08 an invitation opens no restore, and a made-up token nothing', async ({ assert }) => {
    const page = await pageOf(await anInvited(), 'invitation')
    assert.equal((await new Visitor().get(page.replace('/invitation', '/restore'))).status, 410)
    assert.equal((await new Visitor().get(`${page.slice(0, -1)}_`)).status, 410)
    assert.equal((await new Visitor().get('/invitation/%E0%A4%A')).status < 500, true)
  })

  test('S-08 the one before it dies when another is sent, when it is withdrawn and when the address changes')
    .with(['again', 'withdrawn', 'address'])
    .run(async ({ assert }, what) => {
      const boss = await aMemberOfStaff({ role: 'administrator' })
      const staff = await anInvited()
      const page = await pageOf(staff, 'invitation')
      const visitor = new Visitor()
      await visitor.signIn(boss.email)
      await visitor.get(`/staff/${staff.id}`)
      if (what === 'again') assert.equal((await visitor.post(`/staff/${staff.id}/invitation`)).status, 303)
      if (what === 'withdrawn') assert.equal((await visitor.post(`/staff/${staff.id}/invitation/end`)).status, 303)
      if (what === 'address') {
        await transaction((trx) => edit(objects.get('staff'), staff.id, { email: 'right@example.com' }, nobody, trx))
      }
      assert.equal((await choose(page)).status, 410)
      const [entry] = await rows<{ action: string }>(sql`select action from audit_log order by id desc limit 1`)
      assert.equal(entry.action, { again: 'invite', withdrawn: 'withdraw', address: 'edit' }[what])
    })

  test('an address that is put right is mailed anew, a new name is not', async ({ assert }) => {
    const staff = await anInvited()
    const mails = () => row<{ count: number }>(sql`select count(*) as count from job_runs where job = 'access.link'`)
    const before = (await mails())!.count
    await transaction((trx) => edit(objects.get('staff'), staff.id, { name: 'Мария' }, nobody, trx))
    assert.equal((await mails())!.count, before)
    await transaction((trx) => edit(objects.get('staff'), staff.id, { email: 'right@example.com' }, nobody, trx))
    assert.equal((await mails())!.count, before + 1)
  })

  test('nobody who has a password is invited, and nobody without one restored', async ({ assert }) => {
    const boss = await aMemberOfStaff({ role: 'administrator' })
    const staff = await anInvited()
    const visitor = new Visitor()
    await visitor.signIn(boss.email)
    await visitor.get('/staff')
    assert.equal((await visitor.post(`/staff/${boss.id}/invitation`)).status, 422)
    assert.equal((await visitor.post(`/staff/${boss.id}/invitation/end`)).status, 422)
    assert.equal((await visitor.post(`/staff/${staff.id}/restore`)).status, 422)
  })

  test('S-08 of two who open it at once one gets in', async ({ assert }) => {
    const page = await pageOf(await anInvited(), 'invitation')
    const both = [new Visitor(), new Visitor()]
    for (const visitor of both) await visitor.get(page)
    const answers = []
    for (const visitor of both) answers.push((await visitor.post(page, { password: CHOSEN })).status)
    assert.deepEqual(answers.sort(), [303, 410])
  })
})

test.group('Restored passwords', (group) => {
  rolledBack(group)

  test('S-08 the link sets a new password, once, and signs out everywhere (S-04)', async ({ assert }) => {
    const staff = await aMemberOfStaff()
    const elsewhere = new Visitor()
    await elsewhere.signIn(staff.email)
    const page = await pageOf(staff, 'restore')
    const { status, headers } = await choose(page)

    assert.equal(status, 303)
    assert.equal(headers.get('location'), '/login')
    assert.isFalse(await mayEnter(elsewhere))
    assert.equal((await new Visitor().signIn(staff.email)).status, 422)
    assert.equal((await new Visitor().signIn(staff.email, CHOSEN)).status, 303)
    assert.equal((await choose(page, 'quite another sentence')).status, 410)
  })

  test('S-08 it is out of date after half an hour', async ({ assert }) => {
    const page = await pageOf(await aMemberOfStaff(), 'restore')
    await grow(31)
    assert.equal((await choose(page)).status, 410)
  })

  test('S-08 the old link dies when a new one is made, and when the password changes', async ({ assert }) => {
    const staff = await aMemberOfStaff()
    const first = await pageOf(staff, 'restore')
    const second = `/restore/${(await tokenOf(await newLink(staff.id, 'restore')))!.token}`
    assert.equal((await new Visitor().get(first)).status, 410)
    assert.equal((await new Visitor().get(second)).status, 200)
    await transaction((trx) => edit(objects.get('staff'), staff.id, { password: CHOSEN }, nobody, trx))
    assert.equal((await new Visitor().get(second)).status, 410)
  })

  test('S-08 it opens nothing for who may not sign in any more', async ({ assert }) => {
    const staff = await aMemberOfStaff()
    const page = await pageOf(staff, 'restore')
    await execute(sql`update staff set active = false where id = ${staff.id}`)
    assert.equal((await choose(page)).status, 410)
  })

  test('S-01 the answer is the same for a known and an unknown address', async ({ assert }) => {
    const staff = await aMemberOfStaff()
    const bodies = new Set<string>()
    for (const email of [staff.email, 'nobody@example.com']) {
      const visitor = new Visitor()
      await visitor.get('/restore')
      const answer = await visitor.post('/restore', { email })
      assert.equal(answer.status, 200)
      bodies.add(answer.words.replaceAll(email, '').replace(/value='[^']*'|content="[^"]*"|value="[^"]*"/g, ''))
    }
    assert.equal(bodies.size, 1)
  })

  test('S-02 three requests an hour for one account, known or not', async ({ assert }) => {
    const staff = await aMemberOfStaff()
    for (const email of [staff.email, 'nobody@example.com']) {
      const visitor = new Visitor()
      await visitor.get('/restore')
      const statuses = []
      for (let n = 0; n < 5; n++) statuses.push((await visitor.post('/restore', { email })).status)
      assert.deepEqual(statuses, [200, 200, 200, 429, 429])
    }
  })

  test('what is no address is said so', async ({ assert }) => {
    const visitor = new Visitor()
    await visitor.get('/restore')
    for (const email of ['', 'masha', '\u0000@x']) assert.equal((await visitor.post('/restore', { email })).status, 422)
  })
})

test.group('Mailed links', (group) => {
  rolledBack(group)
  const mail = capturedMail(group)

  test('the letter speaks the language of its receiver and holds a link that works', async ({ assert }) => {
    const staff = await aMemberOfStaff({ locale: 'ru', name: 'Маша <b>&' })
    await mailLink(await newLink(staff.id, 'restore'))
    const [letter] = await mail.received()
    assert.equal(letter.to, staff.email)
    assert.equal(letter.subject, 'Tessera: новый пароль')
    assert.include(letter.html, 'Маша &lt;b&gt;&amp;')
    const link = /http:\/\/[^\s"]+(\/restore\/[\w-]{43})/.exec(letter.text)!
    assert.include(letter.html, link[0])
    assert.equal((await choose(link[1])).status, 303)
  })

  test('S-07 the token stands in the letter and nowhere else', async ({ assert }) => {
    const boss = await aMemberOfStaff({ role: 'administrator' })
    const staff = await aMemberOfStaff()
    const visitor = new Visitor()
    await visitor.signIn(boss.email)
    await visitor.get(`/staff/${staff.id}`)
    await visitor.post(`/staff/${staff.id}/restore`)
    const link = await row<{ id: number }>(sql`select id from staff_links where staff_id = ${staff.id}`)
    await mailLink(link!.id)
    const [letter] = await mail.received()
    const token = /\/restore\/([\w-]{43})/.exec(letter.text)![1]

    const kept = await rows(
      sql`select to_jsonb(r)::text as text from job_runs r union all select to_jsonb(l)::text from job_log l
        union all select to_jsonb(j)::text from pgboss.job j union all select to_jsonb(k)::text from staff_links k
        union all select to_jsonb(a)::text from audit_log a union all select to_jsonb(x)::text from rate_limits x`
    )
    assert.notInclude(JSON.stringify(kept), token)
    assert.notInclude(JSON.stringify(kept), Buffer.from(token).toString('hex'))
    assert.notInclude((await visitor.get(`/staff/${staff.id}`)).words, token)
    assert.notInclude((await visitor.get('/jobs')).words, token)
  })

  test('S-07 nor does a refusal write it into the log', async ({ assert, cleanup }) => {
    const { default: logger } = await import('@adonisjs/core/services/logger')
    const lines: string[] = []
    const { child } = logger
    cleanup(() => void (logger.child = child))
    logger.child = () => ({ ...logger, warn: (...said: unknown[]) => void lines.push(JSON.stringify(said)) }) as never

    const token = 'canary'.repeat(7)
    const answer = await fetch(`http://${process.env.HOST}:${process.env.PORT}/restore/${token}`, { method: 'POST', body: 'x' })
    assert.equal(answer.status, 403)
    assert.lengthOf(lines, 1)
    assert.notInclude(lines[0], token)
    assert.include(lines[0], '/restore/:token')
  })

  test('S-07 what strangers type into the form is no list of people', async ({ assert }) => {
    const visitor = new Visitor()
    await visitor.get('/restore')
    await visitor.post('/restore', { email: 'canary@example.com' })
    const kept = await rows(sql`select to_jsonb(r)::text as text from job_runs r union all select to_jsonb(x)::text from rate_limits x`)
    assert.notInclude(JSON.stringify(kept), 'canary')
  })
})
