import { setTimeout as pause } from 'node:timers/promises'
import { test } from '@japa/runner'
import { execute, sql } from '#core/database'
import { may, offeredRights, refreshRoles } from '#core/access'
import { objects, rights, type Right } from '#core/objects'
import { aUser, anEmail } from '#tests/support/people'
import { rolledBack } from '#tests/support/rolled_back'
import { aRole, rolesForgotten, rolesReadAnew } from '#tests/support/roles'
import { aMemberOfStaff } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'

const marketer = { role: 'marketer' }
const tick = (role: string, object: string, ticked: Right[]) =>
  execute(
    sql`insert into role_rights (role, object, rights) values (${role}, ${object}, ${ticked}::text[])
      on conflict (role, object) do update set rights = excluded.rights`
  )

test.group('Rights', (group) => {
  rolesForgotten(group)
  rolledBack(group)

  test('a built-in role starts with what objects declare', ({ assert }) => {
    for (const object of objects.all()) {
      for (const right of rights) {
        assert.equal(may(marketer, right, object.name), Boolean(object.rights.marketer?.includes(right)), `${right} ${object.name}`)
      }
    }
  })

  test('to put addresses on the stop list takes the right to it', async ({ assert }) => {
    const identifier = await anEmail(await aUser())
    const asks = async (more: Record<string, Right[]>) => {
      const role = await aRole(`caller_${Object.keys(more).length}`, { user: ['read'], identifier: ['read', 'edit'], ...more })
      const visitor = new Visitor()
      await visitor.signIn((await aMemberOfStaff({ role })).email)
      return (await visitor.get(`/bulk/identifiers/create?action=toStopList&ids=${identifier}`)).status
    }
    assert.equal(await asks({}), 403)
    assert.equal(await asks({ stop_list_entry: ['create'] }), 200)
  })

  test('what is ticked stands instead of what is declared, for this object alone', async ({ assert }) => {
    await tick('marketer', 'user', ['read'])
    await rolesReadAnew()
    assert.isTrue(may(marketer, 'read', 'user'))
    assert.isFalse(may(marketer, 'edit', 'user'))
    assert.isFalse(may(marketer, 'personal', 'user'))
    assert.isTrue(may(marketer, 'edit', 'segment'))
  })

  test('a role of one’s own may what was ticked for it and nothing else', async ({ assert }) => {
    const role = await aRole('cashier', { receipt: ['read', 'create'], communication: ['read', 'send'] })
    assert.isTrue(may({ role }, 'create', 'receipt'))
    assert.isTrue(may({ role }, 'send', 'communication'))
    assert.isFalse(may({ role }, 'edit', 'communication'))
    for (const object of objects.all().filter(({ name }) => name !== 'receipt' && name !== 'communication')) {
      for (const right of offeredRights(object)) assert.isFalse(may({ role }, right, object.name), `${right} ${object.name}`)
    }
  })

  test('an administrator may all that is offered to anybody, whatever the tables say', async ({ assert }) => {
    for (const { name } of objects.all()) await tick('administrator', name, [])
    await rolesReadAnew()
    const administrator = { role: 'administrator' }
    for (const object of objects.all()) {
      for (const right of offeredRights(object)) assert.isTrue(may(administrator, right, object.name), `${right} ${object.name}`)
    }
    assert.isFalse(may(administrator, 'create', 'user_event'), 'nobody creates events by hand')
  })

  test('what is reserved for administrators stays theirs, even if it got into the table', async ({ assert }) => {
    const role = await aRole('climber', { role: ['read', 'edit'], staff: ['read', 'create', 'edit'] })
    assert.isTrue(may({ role }, 'read', 'role'))
    assert.isFalse(may({ role }, 'edit', 'role'))
    assert.isFalse(may({ role }, 'create', 'staff'))
    assert.isFalse(may({ role }, 'edit', 'staff'))
  })

  test('a role that is no more may nothing', ({ assert }) => {
    assert.isFalse(may({ role: 'gone' }, 'read', 'user'))
  })

  test('what another process wrote is known after a second, and not asked for at every request', async ({ assert }) => {
    await rolesReadAnew()
    await tick('viewer', 'segment', [])
    await refreshRoles()
    assert.isTrue(may({ role: 'viewer' }, 'read', 'segment'), 'within the second it may be unknown')
    await pause(1000)
    await refreshRoles()
    assert.isFalse(may({ role: 'viewer' }, 'read', 'segment'))
  })

  test('S-04 a right that is taken away is gone within a second for who is at work', async ({ assert }) => {
    const { email } = await aMemberOfStaff({ role: 'viewer' })
    const visitor = new Visitor()
    await visitor.signIn(email)
    assert.equal((await visitor.get('/segments')).status, 200)
    await tick('viewer', 'segment', [])
    await pause(1000)
    assert.equal((await visitor.get('/segments')).status, 403)
    assert.equal((await visitor.get('/users')).status, 200, 'and the session lives')
  })
})

test.group('Rights in names', () => {
  test('boot refuses a right that the object does not have', ({ assert }) => {
    assert.throws(() => objects.checkRight(objects.get('segment'), 'send'), 'There is no right on "segment" "send"')
    assert.doesNotThrow(() => objects.checkRight(objects.get('segment'), 'recount'))
  })
})
