import { test } from '@japa/runner'
import { row, rows, sql, transaction } from '#core/database'
import { grantableRights, may, refreshRoles, rightsOf, roleOf } from '#core/access'
import { create, type DomainError, objects, remove, type Right } from '#core/objects'
import { nobody } from '#tests/support/people'
import { rolledBack } from '#tests/support/rolled_back'
import { aRole, rolesForgotten, rolesReadAnew } from '#tests/support/roles'
import { aMemberOfStaff } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'

async function administrator() {
  const { email } = await aMemberOfStaff({ role: 'administrator' })
  const visitor = new Visitor()
  await visitor.signIn(email)
  return visitor
}

const role = () => objects.get('role')
const aRoleLike = async (like: string, nameEn = 'Call centre') => {
  const id = await transaction((trx) =>
    create(role(), { nameRu: `По-русски: ${nameEn}`, nameEn, description: null, like: roleOf(like)!.id }, nobody, trx)
  )
  await rolesReadAnew()
  return (await row<{ id: number; code: string }>(sql`select id, code from roles where id = ${id}`))!
}

const pageOf = (id: number) => `/roles/${id}/rights`
const seenOn = (html: string) => /name="seen" value="([^"]+)"/.exec(html)![1]

/** What a browser sends for these ticks. */
function sent(seen: string, ticks: Record<string, Right[]>) {
  const form = new URLSearchParams({ seen })
  for (const [object, ticked] of Object.entries(ticks)) for (const right of ['', ...ticked]) form.append(`rights[${object}][]`, right)
  form.append('whole', '1')
  return form
}

async function save(visitor: Visitor, id: number, ticks: Record<string, Right[]>, seen?: string) {
  const page = await visitor.get(pageOf(id))
  const answer = await visitor.post(pageOf(id), sent(seen ?? seenOn(page.words), ticks))
  await refreshRoles()
  return answer
}

test.group('The matrix of rights', (group) => {
  rolesForgotten(group)
  rolledBack(group)
  group.each.setup(rolesReadAnew)

  test('a role made like another one starts with its rights, without what administrators keep', async ({ assert }) => {
    const { code } = await aRoleLike('administrator')
    assert.equal(code, 'call_centre')
    for (const object of objects.all()) assert.sameMembers([...rightsOf(code, object)], [...grantableRights(object)], object.name)
    assert.equal((await aRoleLike('viewer', 'Call  Centre!')).code, 'call_centre_2')
  }).timeout(20_000)

  test('ticks are saved, work at once, and one line of the audit log says what changed', async ({ assert }) => {
    const boss = await administrator()
    const { id, code } = await aRoleLike('viewer')
    const answer = await save(boss, id, { user: ['read', 'edit', 'export'], segment: [], receipt: ['read'] })

    assert.equal(answer.status, 303)
    assert.isTrue(may({ role: code }, 'export', 'user'))
    assert.isFalse(may({ role: code }, 'reveal', 'user'))
    assert.isFalse(may({ role: code }, 'read', 'segment'))
    assert.isTrue(may({ role: code }, 'read', 'good'), 'what was not shown stays')
    const [entry] = await rows<{ changes: object }>(sql`select changes from audit_log where action = 'role.rights'`)
    assert.deepEqual(entry.changes, {
      before: { user: 'read reveal', segment: 'read' },
      after: { user: 'read edit export', segment: '' },
    })
  })

  test('whoever may anything may read; what nobody is offered and what is reserved is not taken', async ({ assert }) => {
    const boss = await administrator()
    const { id, code } = await aRoleLike('viewer')
    await save(boss, id, { segment: ['recount'], user_event: ['delete'], role: ['read', 'edit'], staff: ['create'], nonsense: ['read'] } as never)
    assert.deepEqual([...rightsOf(code, objects.get('segment'))], ['read', 'recount'])
    assert.deepEqual([...rightsOf(code, objects.get('user_event'))], [])
    assert.deepEqual([...rightsOf(code, objects.get('role'))], ['read'])
    assert.deepEqual([...rightsOf(code, objects.get('staff'))], [])
  })

  test('a built-in role that is back at what is declared follows the declaration again', async ({ assert }) => {
    const boss = await administrator()
    const { id } = roleOf('viewer')!
    await save(boss, id, { segment: [] })
    await save(boss, id, { segment: ['read'] })
    assert.isUndefined(await row(sql`select 1 from role_rights where role = 'viewer'`))
  })

  test('of two who change the same role the second is told', async ({ assert }) => {
    const boss = await administrator()
    const { id, code } = await aRoleLike('viewer')
    const seen = seenOn((await boss.get(pageOf(id))).words)
    await save(boss, id, { segment: ['read', 'edit'] }, seen)
    const late = await save(boss, id, { segment: [] }, seen)
    assert.equal(late.status, 409)
    assert.include(late.words, 'Somebody else has changed these rights meanwhile')
    assert.isTrue(may({ role: code }, 'edit', 'segment'))
  })

  test('a form that was cut off saves nothing', async ({ assert }) => {
    const boss = await administrator()
    const { id, code } = await aRoleLike('marketer')
    const { words } = await boss.get(pageOf(id))
    const answer = await boss.post(pageOf(id), { 'seen': seenOn(words), 'rights[user][]': '' })
    assert.equal(answer.status, 422)
    assert.isTrue(may({ role: code }, 'edit', 'user'))
  })

  test('the administrator’s own rights cannot be changed', async ({ assert }) => {
    const boss = await administrator()
    await save(boss, roleOf('administrator')!.id, { user: [] }, 'whenever')
    assert.isUndefined(await row(sql`select 1 from role_rights where role = 'administrator'`))
    assert.equal((await boss.get('/users')).status, 200)
  })

  test('every right of every object has its tick, and objects without rights are not there', async ({ assert }) => {
    const boss = await administrator()
    const { words } = await boss.get(pageOf(roleOf('marketer')!.id))
    for (const object of objects.all()) {
      const grantable = grantableRights(object)
      for (const right of grantable) assert.include(words, `name="rights[${object.name}][]" value="${right}"`)
      if (!Object.keys(object.rights).length) assert.notInclude(words, `rights[${object.name}][]`)
    }
  })

  test('hostile forms get a sentence', async ({ assert }) => {
    const boss = await administrator()
    const { id } = await aRoleLike('viewer')
    const { words } = await boss.get(pageOf(id))
    const bodies: Record<string, string>[] = [
      { rights: 'x', whole: '1' },
      { 'rights[__proto__][]': 'read', 'whole': '1', 'seen': seenOn(words) },
      { 'rights[constructor][]': 'read', 'whole': '1', 'seen': seenOn(words) },
      { 'rights[user][a][b]': 'read', 'whole': '1', 'seen': '\0' },
      { 'rights[user]': 'read', 'whole[]': '1', 'seen[]': seenOn(words) },
    ]
    for (const body of bodies) assert.isBelow((await boss.post(pageOf(id), body)).status, 500, JSON.stringify(body))
    assert.equal((await boss.get(pageOf(987654321))).status, 404)
  })

  test('a role that somebody has stays, and says who', async ({ assert }) => {
    const { id, code } = await aRoleLike('viewer')
    const person = await aMemberOfStaff({ role: code, name: 'Вера Орлова' })
    const refused = await transaction((trx) => remove(role(), id, nobody, trx)).catch((error: DomainError) => error)
    assert.deepInclude(refused as DomainError, { code: 'roleInUse', params: { people: 'Вера Орлова' } })

    await person.merge({ role: 'viewer' }).save()
    await transaction((trx) => remove(role(), id, nobody, trx))
    await rolesReadAnew()
    assert.isUndefined(roleOf(code))
    const builtIn = await transaction((trx) => remove(role(), roleOf('viewer')!.id, nobody, trx)).catch((error: DomainError) => error)
    assert.deepInclude(builtIn as DomainError, { code: 'builtInRole' })
  })

  test('only administrators change roles', async ({ assert }) => {
    const code = await aRole('reader', { role: ['read'], staff: ['read'] })
    const { email } = await aMemberOfStaff({ role: code })
    const visitor = new Visitor()
    await visitor.signIn(email)
    const page = pageOf(roleOf(code)!.id)
    const { status, words } = await visitor.get(page)
    assert.equal(status, 200)
    assert.match(words, /type="checkbox"[^>]* disabled/)
    assert.equal((await visitor.post(page, { whole: '1' })).status, 403)
    assert.equal((await visitor.post(`/roles/${roleOf('viewer')!.id}/viewing`)).status, 403)
  })

  test('the menu shows groups that have something for the role, and forbidden pages say whom to ask', async ({ assert }) => {
    const boss = await aMemberOfStaff({ role: 'administrator', name: 'Anna Boss', email: 'boss@example.com' })
    const code = await aRole('cashier', { receipt: ['read'] })
    const { email } = await aMemberOfStaff({ role: code })
    const visitor = new Visitor()
    await visitor.signIn(email)
    const { words } = await visitor.get('/receipts')
    const groups = [...words.matchAll(/data-menu-group="(\w+)"/g)].map(([, name]) => name)
    assert.deepEqual(groups, ['analytics', 'campaigns'], 'home is everybody’s')
    const links = [...words.matchAll(/class="menu-link" href="([^"]+)"/g)].map(([, href]) => href)
    assert.deepEqual(links, ['/', '/receipts'])

    for (const path of ['/users', '/segments', '/staff', '/roles', '/jobs', '/communications/1/sends/new']) {
      const refused = await visitor.get(path)
      assert.equal(refused.status, 403, path)
      assert.include(refused.words, 'mailto:boss@example.com')
      assert.include(refused.words, boss.name)
      assert.include(refused.words, 'data-menu-group="campaigns"', 'with the menu, so that there is a way on')
    }
  })

  test('a role is called in the reader’s language', async ({ assert }) => {
    const english = await administrator()
    const { id } = await aRoleLike('viewer')
    assert.include((await english.get(`/roles/${id}`)).words, '>Call centre</h1>')
  })
})
