import { test } from '@japa/runner'
import { row, rows, sql } from '#core/database'
import { roleOf } from '#core/access'
import { aUser } from '#tests/support/people'
import { rolledBack } from '#tests/support/rolled_back'
import { aRole, rolesForgotten, rolesReadAnew } from '#tests/support/roles'
import { aMemberOfStaff } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'

async function signedIn(role = 'administrator') {
  const staff = await aMemberOfStaff({ role, name: 'Before' })
  const visitor = new Visitor()
  await visitor.signIn(staff.email)
  return { staff, visitor }
}

const begin = (visitor: Visitor, code: string) => visitor.post(`/roles/${roleOf(code)!.id}/viewing`)

test.group('Viewing as a role', (group) => {
  rolesForgotten(group)
  rolledBack(group)
  group.each.setup(rolesReadAnew)

  test('an administrator sees what the role sees, with a banner on every page', async ({ assert }) => {
    const { visitor } = await signedIn()
    await visitor.get('/profile')
    await begin(visitor, await aRole('cashier', { receipt: ['read'] }))

    const page = await visitor.get('/receipts')
    assert.equal(page.status, 200)
    assert.include(page.words, 'You see the system as the role “Role cashier” sees it')
    assert.deepEqual([...page.words.matchAll(/data-menu-group="(\w+)"/g)].map(([, name]) => name), ['analytics', 'campaigns'])
    for (const path of ['/users', '/staff', '/roles']) {
      const refused = await visitor.get(path)
      assert.equal(refused.status, 403, path)
      assert.include(refused.words, 'End viewing', 'the refusal, too, shows the way out')
    }
  })

  test('personal data is hidden as it is from the role', async ({ assert }) => {
    const { visitor } = await signedIn()
    await aUser({ surname: 'Зорькина' })
    assert.include((await visitor.get('/users')).words, 'Зорькина')
    await begin(visitor, 'viewer')
    const { status, words } = await visitor.get('/users')
    assert.equal(status, 200)
    assert.notInclude(words, 'Зорькина')
  })

  test('nothing is written meanwhile, not even what the role may write', async ({ assert }) => {
    const { staff, visitor } = await signedIn()
    await visitor.get('/profile')
    await begin(visitor, 'marketer')
    await visitor.get('/users')
    for (const [path, form] of [
      ['/profile', { name: 'After', locale: 'ru', timezone: 'UTC' }],
      ['/preferences', { theme: 'dark' }],
      ['/users', { surname: 'New' }],
      ['/segments/1/recounts', {}],
    ] as const) {
      const refused = await visitor.post(path, form as unknown as Record<string, string>)
      assert.equal(refused.status, 403, path)
      assert.include(refused.words, 'While you view the system as another role, nothing can be changed', path)
    }
    const now = await row<{ name: string; theme: string; role: string }>(sql`select name, theme, role from staff where id = ${staff.id}`)
    assert.deepEqual(now, { name: 'Before', theme: 'system', role: 'administrator' })
  })

  test('what only asks goes on: the filter builder answers', async ({ assert }) => {
    const { visitor } = await signedIn()
    await visitor.get('/profile')
    await begin(visitor, 'viewer')
    await visitor.get('/users')
    assert.notEqual((await visitor.post('/filters/users', {}, { 'hx-request': 'true' })).status, 403)
  })

  test('it ends by its button, and both ends are in the audit log', async ({ assert }) => {
    const { staff, visitor } = await signedIn()
    await visitor.get('/profile')
    await begin(visitor, 'viewer')
    await visitor.get('/users')
    const answer = await visitor.post('/viewing/end')
    assert.equal(answer.headers.get('location'), `/roles/${roleOf('viewer')!.id}`)
    assert.equal((await visitor.get('/staff')).status, 200)
    const entries = await rows<{ action: string }>(
      sql`select action from audit_log where staff_id = ${staff.id} and action like 'role.%' order by id`
    )
    assert.deepEqual(entries.map(({ action }) => action), ['role.viewAs', 'role.viewEnd'])
  })

  test('one may sign out meanwhile, and who signs in again sees all', async ({ assert }) => {
    const { staff, visitor } = await signedIn()
    await visitor.get('/profile')
    await begin(visitor, 'viewer')
    await visitor.get('/users')
    assert.equal((await visitor.post('/sign-out')).status, 303)
    await visitor.signIn(staff.email)
    assert.equal((await visitor.get('/staff')).status, 200)
  })

  test('a session of somebody else than an administrator gains nothing by it', async ({ assert }) => {
    const { visitor } = await signedIn('marketer')
    await visitor.get('/profile')
    assert.equal((await begin(visitor, 'viewer')).status, 403)
    assert.equal((await visitor.get('/staff')).status, 403)
    assert.equal((await visitor.post('/viewing/end')).status, 303)
  })

  test('a role that was deleted meanwhile ends it', async ({ assert }) => {
    const { visitor } = await signedIn()
    await visitor.get('/profile')
    await begin(visitor, await aRole('short', { receipt: ['read'] }))
    assert.equal((await visitor.get('/users')).status, 403)
    await row(sql`delete from roles where code = 'short' returning id`)
    await rolesReadAnew()
    assert.equal((await visitor.get('/users')).status, 200)
  })
})
