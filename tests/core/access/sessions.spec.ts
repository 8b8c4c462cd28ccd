import { test } from '@japa/runner'
import { execute, sql, transaction } from '#core/database'
import { edit, objects } from '#core/objects'
import { rolledBack } from '#tests/support/rolled_back'
import { aMemberOfStaff, PASSWORD } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'

const NEW_PASSWORD = 'a quite different sentence'

async function signedIn(email: string, password?: string) {
  const visitor = new Visitor()
  await visitor.signIn(email, password)
  return visitor
}

async function mayEnter(visitor: Visitor) {
  const { status } = await visitor.get('/profile')
  return status === 200
}

test.group('Sessions', (group) => {
  rolledBack(group)

  test('S-03 the id of a session changes at sign-in', async ({ assert }) => {
    await aMemberOfStaff({ email: 'masha@example.com' })
    const visitor = new Visitor()
    await visitor.get('/login')
    const planted = visitor.session
    await visitor.post('/login', { email: 'masha@example.com', password: PASSWORD })

    assert.notEqual(visitor.session, planted)
    assert.isTrue(await mayEnter(visitor))
    const victim = new Visitor()
    victim.cookies.set('tessera_session', planted!)
    assert.isFalse(await mayEnter(victim))
  })

  test('S-03 the id of a session changes with the role', async ({ assert }) => {
    const staff = await aMemberOfStaff({ email: 'masha@example.com' })
    const visitor = await signedIn(staff.email)
    const before = visitor.session
    await change(staff.id, { role: 'viewer' })

    assert.isFalse(await mayEnter(visitor))
    await visitor.signIn(staff.email)
    assert.isTrue(await mayEnter(visitor))
    assert.notEqual(visitor.session, before)
  })

  test('S-03 no script reads the cookie, no other site sends it', async ({ assert }) => {
    const visitor = new Visitor()
    const response = await visitor.get('/login')
    const cookie = response.headers.getSetCookie().find((line) => line.startsWith('tessera_session'))!
    assert.match(cookie, /; HttpOnly/)
    assert.match(cookie, /; SameSite=Lax/)
    assert.notMatch(cookie, /; Secure/, 'over plain http a browser would drop it')

    const { default: session } = await import('#config/session')
    const { servedOverHttps } = await import('#config/app')
    assert.isFalse(servedOverHttps)
    assert.exists(session)
  })

  test('S-04 a new password signs out everywhere but here', async ({ assert }) => {
    const staff = await aMemberOfStaff({ email: 'masha@example.com' })
    const here = await signedIn(staff.email)
    const elsewhere = await signedIn(staff.email)
    await here.get('/profile')
    const before = here.session
    const response = await here.post('/profile/password', { current: PASSWORD, password: NEW_PASSWORD })

    assert.equal(response.status, 303)
    assert.isTrue(await mayEnter(here))
    assert.notEqual(here.session, before)
    assert.isFalse(await mayEnter(elsewhere))
    assert.isFalse(await mayEnter(await signedIn(staff.email, PASSWORD)))
    assert.isTrue(await mayEnter(await signedIn(staff.email, NEW_PASSWORD)))
  })

  test('S-04 {what} ends the sessions of the person at once')
    .with([
      { what: 'a password set by an administrator', values: { password: NEW_PASSWORD } },
      { what: 'another role', values: { role: 'viewer' } },
      { what: 'being made inactive', values: { active: false } },
    ])
    .run(async ({ assert }, { values }) => {
      const staff = await aMemberOfStaff({ email: 'masha@example.com' })
      const visitor = await signedIn(staff.email)
      assert.isTrue(await mayEnter(visitor))
      await change(staff.id, values)
      assert.isFalse(await mayEnter(visitor))
    })

  test('S-04 so does a change that no page made', async ({ assert }) => {
    const staff = await aMemberOfStaff({ email: 'masha@example.com' })
    const visitor = await signedIn(staff.email)
    await execute(sql`update staff set role = 'viewer' where id = ${staff.id}`)
    assert.isFalse(await mayEnter(visitor))
  })

  test('a new name leaves the session alone', async ({ assert }) => {
    const staff = await aMemberOfStaff({ email: 'masha@example.com' })
    const visitor = await signedIn(staff.email)
    await change(staff.id, { name: 'Мария Сосновская' })
    assert.isTrue(await mayEnter(visitor))
  })

  test('signing out ends the session, also for who kept its cookie', async ({ assert }) => {
    const staff = await aMemberOfStaff({ email: 'masha@example.com' })
    const visitor = await signedIn(staff.email)
    const thief = new Visitor()
    thief.cookies.set('tessera_session', visitor.session!)
    await visitor.get('/profile')
    await visitor.post('/sign-out')
    assert.isFalse(await mayEnter(visitor))
    assert.isFalse(await mayEnter(thief))
  })
})

function change(id: number, values: Record<string, unknown>) {
  return transaction((trx) => edit(objects.get('staff'), id, values, { staffId: null }, trx))
}
