import { test } from '@japa/runner'
import { grantableRights } from '#core/access'
import { execute, identifier, row, rows, sql } from '#core/database'
import { objects, type Field, type ObjectDefinition, type Right } from '#core/objects'
import { aMemberOfStaff } from '#tests/support/staff'
import { aReceipt, aUser, a } from '#tests/support/people'
import { rolledBack } from '#tests/support/rolled_back'
import { registeredRoutes, type RegisteredRoute } from '#tests/support/routes'
import { Visitor } from '#tests/support/visitor'

/** What may not be seen, and any piece of it that a mask may not leave. */
const secrets = [
  'анареев', 'Канареева', 'етручч', 'ветлан', '1987-11-23', '23.11.1987', '23 Nov 1987', 'anareika', '9161234567', '203.0.113.77', 'етлана-в-теме',
  'mailbox-of-secret',
]
const fragment = { 'hx-request': 'true', 'hx-request-type': 'partial' }

/** A customer of whom everything personal is known, and whatever else of them a section keeps. */
async function somebodyKnown() {
  const user = await aUser({ surname: 'Канареева', givenName: 'Светлана', middleName: 'Петруччовна', birthDate: '1987-11-23' })
  await a('identifier', { user, type: 'email', value: 'kanareika.secret@example.org', confirmed: true })
  await a('identifier', { user, type: 'phone', value: '+79161234567', confirmed: true })
  await a('stop_list_entry', { type: 'email', value: 'kanareika.stop@example.org', reason: null })
  await aReceipt(user)
  await execute(sql`insert into consent_log (user_id, kind, value, source, ip) values (${user}, 'personal_data', true, 'site', '203.0.113.77')`)
  await execute(sql`insert into inbox_messages (sender, recipient, subject, size, raw)
    values ('shop@example.com', 'kanareika@example.org', 'Светлана-в-теме, скидка', 10, convert_to('Subject: Светлана-в-теме' || chr(10) || chr(10) || 'Канареева', 'UTF8'))`)
  const communication = await a('communication', { name: 'Письмо', subject: 'Тема', body: 'Текст' })
  const send = await row<{ id: number }>(sql`insert into sends (communication_id, state) values (${communication}, 'finished') returning id`)
  await execute(sql`insert into deliveries (send_id, user_id, identifier_id, communication_id, address, state, answer)
    select ${send!.id}, ${user}, id, ${communication}, value, 'failed', '550 <mailbox-of-secret> unknown' from user_identifiers where user_id = ${user} and type = 'email'`)
  const segment = await a('segment', { name: 'Сегмент', object: 'user' })
  await execute(sql`update segments set version = 1, count = 1, columns = '{surname,birthDate}', filter = ${JSON.stringify(asking)}::jsonb where id = ${segment}`)
  await execute(sql`insert into segment_versions (segment_id, version, count, entered, left_count, milliseconds) values (${segment}, 1, 1, 1, 0, 1)`)
  await execute(sql`insert into segment_current (segment_id, member_id, from_version) values (${segment}, ${user}, 1)`)
  await execute(sql`insert into folders (staff_id, object, name, filter, shared)
    select id, 'user', 'Общая папка', ${JSON.stringify(asking)}::jsonb, true from staff limit 1`)
  return user
}

const asking = { logic: 'and', of: [{ field: 'surname', operator: 'equal', value: ['Канареева'] }] }

/** Every address of a route that leads to something. */
async function addressesOf({ pattern, policy }: RegisteredRoute): Promise<string[]> {
  const object = policy?.kind === 'staff' && policy.object !== ':object' ? objects.get(policy.object) : undefined
  const ids = object && pattern.includes(':id') ? await idsOf(object) : [pattern.includes(':id') ? 1 : 0]
  const named = object ? namesFor(object) : {}
  const addresses = ids.map((id) => pattern.replace(/:id\b/, String(id)))
  const whole = addresses.flatMap((address) => {
    const param = /:(\w+)/.exec(address.replace(/^\/:object/, ''))?.[1]
    return param ? (named[param] ?? ['1']).map((name) => address.replace(`:${param}`, name)) : [address]
  })
  return object?.path && pattern === `/${object.path}` ? [...whole, ...variantsOf(object)] : whole
}

function namesFor(object: ObjectDefinition): Record<string, string[]> {
  const relations = objects.relations(object).map(({ name }) => name)
  return {
    tab: ['general', 'history', ...object.tabs, ...relations, ...object.panels.map(({ name }) => name)],
    relation: relations,
    panel: object.panels.map(({ name }) => name),
    field: [...object.fields.values()].filter((field, index) => field.personal || index < 4).map(({ name }) => name),
  }
}

function variantsOf(object: ObjectDefinition) {
  return [...object.fields.values()].filter(({ sortable }) => sortable).map(({ name }) => `/${object.path}?sort=-${name}&size=100`)
}

async function idsOf({ table }: ObjectDefinition) {
  const found = await rows<{ id: number }>(sql`select id from ${identifier(table)} order by id desc limit 1`)
  return found.map(({ id }) => id)
}

/** A role that may do everything but see personal data. */
function withoutSight(): () => void {
  const before = objects.all().map((object) => [object, object.rights] as const)
  for (const [object, rights] of before) {
    object.rights = { ...rights, viewer: grantableRights(object).filter((right: Right) => !['personal', 'reveal'].includes(right)) }
  }
  return () => before.forEach(([object, rights]) => (object.rights = rights))
}

const personal = (object: ObjectDefinition): Field[] => [...object.fields.values()].filter((field) => field.personal)

test.group('Personal data', (group) => {
  rolledBack(group)

  let visitor: Visitor
  let user: number
  group.each.setup(async () => {
    const staff = await aMemberOfStaff({ role: 'viewer' })
    user = await somebodyKnown()
    visitor = new Visitor()
    await visitor.signIn(staff.email)
    await visitor.get('/users')
  })

  const told = (words: string) => secrets.filter((secret) => words.includes(secret))

  async function leaks(routes = registeredRoutes()) {
    const found: string[] = []
    let pages = 0
    for (const route of routes.filter(({ method, policy }) => method === 'GET' && ['staff', 'signedIn'].includes(policy!.kind))) {
      for (const address of await addressesOf(route)) {
        const answer = await visitor.get(address, pages % 2 ? fragment : {})
        if (answer.status >= 500) found.push(`${address} answers ${answer.status}`)
        if (answer.status === 200) pages += 1
        found.push(...told(answer.words).map((secret) => `${address} tells ${secret}`))
      }
    }
    return { found, pages }
  }

  test('S-07 no list and no card tells a viewer whose data it is', async ({ assert }) => {
    const { found, pages } = await leaks(registeredRoutes().filter(({ pattern }) => /^\/[a-z_-]+(\/:id(\/history|\/head\/:tab|\/tab\/:tab)?)?$/.test(pattern)))
    assert.deepEqual(found, [])
    assert.isAbove(pages, 60)
  }).timeout(300_000)

  test('S-07 no page, fragment, picker or file tells it to somebody who may do everything else', async ({ assert, cleanup }) => {
    cleanup(withoutSight())
    const { found, pages } = await leaks()
    assert.deepEqual(found, [])
    assert.isAbove(pages, 150)
  }).timeout(540_000)

  test('S-07 no filter, order or search answers what may not be seen', async ({ assert }) => {
    for (const object of objects.all().filter(({ path }) => path)) {
      for (const { name, type } of personal(object)) {
        const operator = type.name === 'text' ? 'startsWith' : 'notEmpty'
        const value = type.name === 'text' ? { value: ['К'] } : {}
        const filter = JSON.stringify({ logic: 'and', of: [{ field: name, operator, ...value }] })
        const words = new URLSearchParams({ filter })
        assert.equal((await visitor.get(`/${object.path}?${words}`)).status, 422, `${object.name}.${name}`)
        const total = await visitor.get(`/${object.path}/total?${words}`, fragment)
        assert.match(total.words, /<b>0<\/b>/, `${object.name}.${name} is counted`)
        assert.equal((await visitor.get(`/${object.path}?sort=${name}`)).status, 422, `${object.name}.${name} is sorted by`)
      }
    }
    const nested = { logic: 'and', of: [{ relation: 'identifiers', operator: 'exists', where: { logic: 'and', of: [{ field: 'value', operator: 'startsWith', value: ['k'] }] } }] }
    assert.equal((await visitor.get(`/users?${new URLSearchParams({ filter: JSON.stringify(nested) })}`)).status, 422)
    const away = { logic: 'and', of: [{ field: 'user.surname', operator: 'startsWith', value: ['К'] }] }
    assert.equal((await visitor.get(`/receipts?${new URLSearchParams({ filter: JSON.stringify(away) })}`)).status, 422)

    assert.equal((await visitor.get(`/users?search=${encodeURIComponent('канар')}`)).status, 422)
    const picked = await visitor.get(`/references/users?q=${encodeURIComponent('канар')}`)
    assert.equal(picked.words, '[]')
    assert.deepEqual(JSON.parse((await visitor.get(`/references/users?q=${user}`)).words), [{ id: user, title: `№ ${user}` }])
  }).timeout(120_000)

  test('a shared folder and a segment that ask about it work, but do not say what they ask', async ({ assert }) => {
    const folder = await row<{ id: number }>(sql`select id from folders where name = 'Общая папка'`)
    const list = await visitor.get(`/users?folder=${folder!.id}`)
    assert.equal(list.status, 200)
    assert.match(list.words, /Surname [^<]*•••/)
    assert.include(list.words, `/users/${user}`)
    const saved = await visitor.post('/folders', { object: 'user', name: 'Моя', filter: JSON.stringify(asking) }, fragment)
    assert.equal(saved.status, 422)
  })

  test('a mask leaves the first letter, the year, the domain and two digits', async ({ assert }) => {
    const card = await visitor.get(`/users/${user}`)
    for (const part of ['К•••', 'С•••', '••.••.1987']) assert.include(card.words, part)
    const list = await visitor.get('/identifiers')
    assert.include(list.words, 'k•••@example.org')
    assert.include(list.words, '•••67')
  })

  test('who may look row by row is shown the row, and the look is written down', async ({ assert }) => {
    const card = await visitor.get(`/users/${user}`)
    assert.include(card.words, `/users/${user}/revelations`)
    const shown = await visitor.post(`/users/${user}/revelations`, {}, fragment)
    assert.equal(shown.status, 200)
    for (const part of ['Канареева', 'Светлана', '23 Nov 1987']) assert.include(shown.words, part)
    const one = await visitor.post(`/users/${user}/revelations/surname`, {}, fragment)
    assert.include(one.words, 'Канареева')
    assert.notInclude((await visitor.get(`/users/${user}`)).words, 'Канареева')

    const looks = await rows(sql`select record_id, changes -> 'after' -> 'fields' as fields from audit_log where action = 'reveal' order by id`)
    assert.deepEqual(looks, [
      { record_id: user, fields: ['surname', 'givenName', 'middleName', 'birthDate', 'age', 'mainPhone', 'mainEmail'] },
      { record_id: user, fields: ['surname'] },
    ])
    assert.equal((await visitor.post(`/users/${user}/revelations/status`, {}, fragment)).status, 404)
    assert.equal((await visitor.post('/users/987654321/revelations', {}, fragment)).status, 404)
  })

  test('who looks at row after row is stopped, and that is written down too', async ({ assert }) => {
    await execute(sql`insert into rate_limits (key, points, expire)
      select 'reveal:' || max(id), 149, (extract(epoch from clock_timestamp()) * 1000 + 3600000)::bigint from staff`)
    const look = () => visitor.post(`/users/${user}/revelations/surname`, {}, fragment)
    assert.equal((await look()).status, 200)
    const refused = await look()
    assert.equal(refused.status, 429)
    assert.isNotNull(refused.headers.get('retry-after'))
    assert.equal((await look()).status, 429)
    assert.lengthOf(await rows(sql`select 1 from audit_log where action = 'revealRefused'`), 1)
  })
})
