import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { row, rows, sql } from '#core/database'
import { parseFilter } from '#core/filters'
import { objects, plain } from '#core/objects'
import { a, idOf } from '#tests/support/people'
import { rolledBack } from '#tests/support/rolled_back'
import { recordConsent } from '../../../app/users/consents/record_consent.js'
import { makeKey } from '../../../app/core/access/api_keys/api_key.js'
import { exampleFilter, exampleOfRelated } from '../../../app/core/api/openapi/examples.js'

const actor = { staffId: null }

async function aKey(...scopes: string[]) {
  const { written } = await makeKey({ name: 'Shop', scopes, networks: null, expiresAt: null }, actor)
  return `Bearer ${written}`
}

test.group('Records, for systems with a key', (group) => {
  rolledBack(group)

  test('a key reads what it was given, and personal data only with that right', async ({ client, assert }) => {
    const id = await a('user', { surname: 'Петрова', givenName: 'Анна', externalId: 'ext-1' })
    const blind = await client.get(`/api/v1/objects/user/${id}`).header('authorization', await aKey('user:read'))
    blind.assertStatus(200)
    assert.property(blind.body().surname, 'masked')
    assert.equal(blind.body().externalId, 'ext-1')
    const seeing = await client.get(`/api/v1/objects/user/${id}`).header('authorization', await aKey('user:read', 'user:personal'))
    assert.equal(seeing.body().surname, 'Петрова')
    const other = await client.get(`/api/v1/objects/user/${id}`).header('authorization', await aKey('good:read'))
    other.assertStatus(403)
    assert.equal(other.body().code, 'scopeMissing')
  })

  test('A-09 what is not offered to keys is not there, nor is a row that is not', async ({ client, assert }) => {
    const key = await aKey('user:read')
    const statusOf = async (path: string) => (await client.get(`/api/v1/objects/${path}`).header('authorization', key)).status()
    for (const path of ['nothing/1', '__proto__/1', 'user/987654321', 'user/99999999999999999999', 'user/x']) assert.equal(await statusOf(path), 404, path)
    for (const path of ['staff/1', 'api_key/1', 'good/1']) assert.oneOf(await statusOf(path), [403, 404], path)
  })

  test('a search is a filter, an order and a page that goes on', async ({ client, assert }) => {
    for (const code of ['a', 'b', 'c', 'd', 'e']) await a('good', { code: `good-${code}`, name: `Good ${code}` })
    const key = await aKey('good:read')
    const ask = (body: object) => client.post('/api/v1/objects/good/search').header('authorization', key).json(body)
    const filter = { logic: 'and', of: [{ field: 'code', operator: 'startsWith', value: ['good-'] }] }
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await ask({ filter, columns: ['code'], sort: 'name', limit: 2, total: true, ...(cursor && { cursor }) })
      page.assertStatus(200)
      assert.equal(page.body().total.count, 5)
      seen.push(...page.body().rows.map(({ code }: { code: string }) => code))
      cursor = page.body().next ?? undefined
    } while (cursor)
    assert.deepEqual(seen, ['good-a', 'good-b', 'good-c', 'good-d', 'good-e'])
  })

  test('A-15 examples of the document work as they are pasted, for every object that a key may write', async ({ client, assert }) => {
    const key = await aKey(...['user', 'good', 'outlet'].flatMap((name) => ['read', 'create', 'edit', 'personal'].map((right) => `${name}:${right}`)))
    const { paths } = (await client.get('/api/v1/openapi.json').header('authorization', key)).body()
    const id = await a('user', { externalId: 'ext-1' })
    const called: string[] = []
    for (const [path, operations] of Object.entries<Record<string, any>>(paths).filter(([one]) => one.startsWith('/api/v1/objects/'))) {
      for (const [verb, { requestBody }] of Object.entries(operations).filter(([, { requestBody: body }]) => body)) {
        if (path.includes('{id}') && !path.includes('/user/')) continue
        const call = verb === 'patch' ? client.patch(path.replace('{id}', String(id))) : client.post(path)
        const answer = await call.header('authorization', key).json(requestBody.content['application/json'].example)
        assert.equal(answer.status(), 200, `${path}: ${answer.text()}`)
        if (path.endsWith('/batch')) assert.equal(answer.body().counts.refused, 0, `${path}: ${answer.text()}`)
        called.push(`${verb} ${path}`)
      }
    }
    assert.includeMembers(called, ['post /api/v1/objects/user/search', 'post /api/v1/objects/user/batch', 'post /api/v1/objects/user', 'patch /api/v1/objects/user/{id}'])
  })

  test('the document says what a filter is, and a page its operators', async ({ client, assert }) => {
    const { paths, components } = (await client.get('/api/openapi.json')).body()
    const { schema } = paths['/api/v1/objects/user/search'].post.requestBody.content['application/json']
    assert.equal(schema.properties.filter.$ref, '#/components/schemas/Filter')
    assert.includeMembers(components.schemas.FilterCondition.properties.operator.enum, ['equal', 'lastDays', 'in'])
    const page = (await client.get('/api/docs?language=en')).text()
    for (const words of ['<code>lastDays</code>', '<code>identifiers</code>', 'Always a list of texts']) assert.include(page, words)
    for (const object of objects.all()) parseFilter(exampleFilter(object), object, plain)
    parseFilter(exampleOfRelated(objects.get('user')), objects.get('user'), plain)
    const single = { logic: 'and', of: [{ field: 'surname', operator: 'equal', value: 'Петрова' }] }
    const refused = await client.post('/api/v1/objects/user/search').header('authorization', await aKey('user:read', 'user:personal')).json({ filter: single })
    assert.match(Object.values<string>(refused.body().errors)[0], /list of texts|списком строк/)
  })

  test('what is wrong in a search is told at its place', async ({ client, assert }) => {
    const key = await aKey('user:read')
    const told = async (body: object) => {
      const answer = await client.post('/api/v1/objects/user/search').header('authorization', key).json(body)
      answer.assertStatus(422)
      return Object.keys(answer.body().errors)
    }
    assert.deepEqual(await told({ columns: ['id', 'password'] }), ['columns.1'])
    assert.deepEqual(await told({ sort: 'surname' }), ['sort'])
    assert.deepEqual(await told({ cursor: 'x' }), ['cursor'])
    assert.deepEqual(await told({ limit: 201 }), ['limit'])
    assert.deepEqual(await told({ limit: '5' }), ['limit'])
    assert.deepEqual(await told({ search: 'Петр' }), ['search'])
    assert.isNotEmpty(await told({ filter: { logic: 'and', of: [{ field: 'surname', operator: 'equal', value: ['П'] }] } }))
  })

  test('a cursor that somebody made up is told at its place', async ({ client, assert }) => {
    const key = await aKey('user:read')
    const made = (sort: string, value: unknown) => `${sort}~${Buffer.from(JSON.stringify(['after', value, 1])).toString('base64url')}`
    const ask = (sort: string, value: unknown) =>
      client.post('/api/v1/objects/user/search').header('authorization', key).json({ columns: ['id'], sort, cursor: made(sort, value) })
    for (const [sort, value] of [
      ['createdAt', 'yesterday or so'], ['-createdAt', '2026-02-30 00:00:00+00'], ['createdAt', '999999-01-01'], ['id', 'x'], ['id', '9'.repeat(30)], ['type', '1.5'],
    ]) {
      const answer = await ask(sort, value)
      assert.deepEqual([answer.status(), Object.keys(answer.body().errors ?? {})], [422, ['cursor']], `${sort} ${value}`)
    }
    for (const [sort, value] of [['createdAt', '2026-02-28 00:00:00.123456+00'], ['externalId', 'any'], ['externalId', null]]) {
      assert.equal((await ask(sort!, value)).status(), 200, `${sort} ${value}`)
    }
  })

  test('A-05 each row comes once while others come and go', async ({ client, assert }) => {
    const stays: number[] = []
    for (let n = 0; n < 60; n += 1) stays.push(await a('good', { code: `s-${n}`, name: `Good ${n % 7}` }))
    const goes: number[] = []
    for (let n = 0; n < 20; n += 1) goes.push(await a('good', { code: `g-${n}`, name: `Good ${n % 7}` }))
    const key = await aKey('good:read')
    const seen: number[] = []
    let cursor: string | undefined
    let round = 0
    do {
      const page = await client.post('/api/v1/objects/good/search').header('authorization', key).json({ columns: ['id'], sort: 'name', limit: 7, ...(cursor && { cursor }) })
      seen.push(...page.body().rows.map(({ id }: { id: number }) => id))
      cursor = page.body().next ?? undefined
      await a('good', { code: `n-${round}`, name: `Good ${round % 7}` })
      if (goes.length) await rows(sql`delete from goods where id = ${goes.pop()} returning id`)
      round += 1
    } while (cursor && round < 100)
    assert.deepEqual(stays.filter((id) => seen.filter((one) => one === id).length !== 1), [])
  })

  test('a row is created once for its key, then changed, then left alone', async ({ client, assert }) => {
    const key = await aKey('user:create', 'user:edit', 'user:personal')
    const put = (values: object) => client.post('/api/v1/objects/user').header('authorization', key).json({ key: 'externalId', values: { externalId: 'crm-7', ...values } })
    const first = await put({ surname: 'Иванов', birthDate: '1990-05-01', registrationSource: { code: 'site' }, isTest: true })
    first.assertStatus(200)
    assert.equal(first.body().outcome, 'created')
    const second = await put({ surname: 'Петров', status: 1 })
    assert.deepEqual(second.body(), { id: first.body().id, outcome: 'updated' })
    assert.equal((await put({ surname: 'Петров' })).body().outcome, 'unchanged')
    const kept = await row<{ surname: string; source: number }>(sql`select surname, registration_source_id as source from users where id = ${first.body().id}`)
    assert.deepEqual(kept, { surname: 'Петров', source: await idOf('source', 'site') })
    const told = await rows<{ method: string }>(sql`select method from audit_log where object = 'user' and record_id = ${first.body().id}`)
    assert.deepEqual(told.map(({ method }) => method.replace(/\d+/, 'N')), ['key N', 'key N'])
  })

  test('M-10 a consent that a key writes is a word of the API, and names the key', async ({ client, assert }) => {
    const user = await a('user', { externalId: 'crm-8' })
    const key = await aKey('user:edit', 'unsubscribe:create')
    const changed = await client.patch(`/api/v1/objects/user/${user}`).header('authorization', key).json({ values: { communicationAgree: true, communicationRegime: 'only' } })
    changed.assertStatus(200)
    const left = await client.post('/api/v1/objects/unsubscribe').header('authorization', key).json({ values: { user, channel: await idOf('channel', 'sms') } })
    left.assertStatus(200)
    const words = await rows<{ kind: string; source: string; method: string }>(sql`select kind, source, method from consent_log where user_id = ${user} order by id`)
    assert.deepEqual(words.map(({ kind, source, method }) => [kind, source, method.replace(/\d+/, 'N')]), [
      ['communication', 'api', 'key N'], ['regime', 'api', 'key N'], ['unsubscribe', 'api', 'key N'],
    ])
    assert.deepEqual(await rows(sql`select source from user_unsubscribes where user_id = ${user}`), [{ source: 'api' }])
  })

  test('M-10 of who took the consent back a key writes nothing, until it brings a new one', async ({ client, assert }) => {
    const [left, other] = [await a('user', { externalId: 'crm-8', surname: 'Петрова' }), await a('user', { externalId: 'crm-9' })]
    for (const value of [true, false]) await recordConsent({ userId: left, kind: 'personal_data', value }, { source: 'api' })
    const key = await aKey('user:edit', 'user:personal')
    const change = (values: object) => client.patch(`/api/v1/objects/user/${left}`).header('authorization', key).json({ values })
    const surname = async () => (await row<{ surname: string | null }>(sql`select surname from users where id = ${left}`))!.surname

    const refused = await change({ surname: 'Ким' })
    assert.deepEqual([refused.status(), Object.keys(refused.body().errors), await surname()], [422, ['id'], 'Петрова'])
    const phone = await change({ phone: '+79160001122' })
    assert.deepEqual([phone.status(), Object.keys(phone.body().errors)], [422, ['id']])
    const batch = await client.post('/api/v1/objects/user/batch').header('authorization', key)
      .json({ key: 'externalId', rows: [{ externalId: 'crm-8', givenName: 'Анна' }, { externalId: 'crm-9', givenName: 'Ольга' }] })
    assert.deepEqual(batch.body().rows.map(({ outcome, id }: { outcome: string; id: number }) => [outcome, id]), [['refused', null], ['updated', other]])

    for (const values of [{ isTest: true }, { surname: null }, { surname: 'Ким', personalDataAgree: true }, { givenName: 'Анна' }]) (await change(values)).assertStatus(200)
    assert.equal(await surname(), 'Ким')
  })

  test('a phone goes by the rules of identifiers, and is a key', async ({ client, assert }) => {
    const key = await aKey('user:create', 'user:edit', 'user:personal')
    const put = (values: object) => client.post('/api/v1/objects/user').header('authorization', key).json({ key: 'phone', values })
    const first = await put({ phone: '8 (916) 000-11-22', surname: 'Сидорова' })
    first.assertStatus(200)
    const kept = await rows<{ value: string }>(sql`select value from user_identifiers where user_id = ${first.body().id}`)
    assert.deepEqual(kept, [{ value: '+79160001122' }])
    const again = await put({ phone: '+79160001122', givenName: 'Ольга' })
    assert.equal(again.body().id, first.body().id)
    const wrong = await put({ phone: 'не телефон' })
    wrong.assertStatus(422)
    assert.property(wrong.body().errors, 'phone')
  })

  test('null empties a field, and is refused at its place where there must be something', async ({ client, assert }) => {
    const id = await a('user', { surname: 'Петрова', birthDate: '1990-02-28', gender: await idOf('gender', 'female') })
    const key = await aKey('user:edit', 'user:personal')
    const change = (values: object) => client.patch(`/api/v1/objects/user/${id}`).header('authorization', key).json({ values })
    const emptied = await change({ surname: null, birthDate: null, gender: null })
    emptied.assertStatus(200)
    assert.deepEqual(await row(sql`select surname, birth_date as born, gender_id as gender from users where id = ${id}`), { surname: null, born: null, gender: null })
    const fields = [...objects.get('user').fields.values()].filter(({ readonly, secret, sql: computed }) => !readonly && !secret && !computed)
    for (const { name } of fields) {
      const answer = await change({ [name]: null })
      assert.include([200, 422], answer.status(), `${name}: ${answer.text()}`)
      if (answer.status() === 422) assert.deepEqual(Object.keys(answer.body().errors), [name])
    }
  })

  test('A-10 nothing undeclared, computed or hidden is written', async ({ client, assert }) => {
    const id = await a('user', { surname: 'Петрова' })
    const before = await rows(sql`select * from users where id = ${id}`)
    const key = await aKey('user:edit')
    const change = (values: object) => client.patch(`/api/v1/objects/user/${id}`).header('authorization', key).json({ values })
    for (const values of [{ id: 5 }, { createdAt: '2020-01-01T00:00:00Z' }, { $attributes: {} }, { age: 5 }, { surname: 'X' }, { receiptsCount: 9 }, { deletedAt: null }, { attributes: {} }])
      {(await change(values)).assertStatus(422)}
    assert.deepEqual(await rows(sql`select * from users where id = ${id}`), before)
  })

  test('a rule of two fields is told at the one that breaks it', async ({ client, assert }) => {
    const id = await a('category', { code: 'own', name: 'Its own parent' })
    const key = await aKey('category:create', 'category:edit')
    const answer = await client.post('/api/v1/objects/category').header('authorization', key).json({ key: 'code', values: { code: 'own', name: 'x', parent: id } })
    answer.assertStatus(422)
    assert.deepEqual(Object.keys(answer.body().errors), ['parent'])
  })

  test('a batch tells of each row what became of it, and one that is refused harms no other', async ({ client, assert }) => {
    const key = await aKey('good:create', 'good:edit')
    await a('good', { code: 'b-1', name: 'Old' })
    const answer = await client.post('/api/v1/objects/good/batch').header('authorization', key).json({
      key: 'code',
      rows: [{ code: 'b-1', name: 'New' }, { code: 'b-2', name: 'Two', price: 1990 }, { code: 'b-3', category: { code: 'nowhere' } }, { code: 'b-2', name: 'Again' }, { name: 'No key' }],
    })
    answer.assertStatus(200)
    assert.deepEqual(answer.body().counts, { created: 1, updated: 1, unchanged: 0, refused: 3 })
    assert.deepEqual(answer.body().rows.map(({ outcome }: { outcome: string }) => outcome), ['updated', 'created', 'refused', 'refused', 'refused'])
    const kept = await rows<{ name: string }>(sql`select name from goods where code like 'b-%' order by code`)
    assert.deepEqual(kept, [{ name: 'New' }, { name: 'Two' }])
  })

  test('a batch of new rows is written by one statement, with who did it', async ({ client, assert }) => {
    const key = await aKey('good:create')
    const asked: string[] = []
    const listen = ({ sql: text }: { sql: string }) => asked.push(text)
    db.connection().getWriteClient().on('query', listen)
    const goods = Array.from({ length: 20 }, (_, index) => ({ code: `t-${index}`, name: `Good ${index}` }))
    const answer = await client.post('/api/v1/objects/good/batch').header('authorization', key).json({ rows: goods })
    db.connection().getWriteClient().off('query', listen)
    assert.equal(answer.body().counts.created, 20)
    assert.lengthOf(asked.filter((text) => text.includes('insert into')), 2)
    const told = await rows<{ method: string }>(sql`select distinct method from audit_log where object = 'good' and action = 'create'`)
    assert.lengthOf(told, 1)
    assert.match(told[0].method, /^key \d+$/)
  })

  test('L-02 a batch with a key of idempotency happens once', async ({ client, assert }) => {
    const key = await aKey('good:create', 'good:edit')
    const send = () => client.post('/api/v1/objects/good/batch').header('authorization', key).header('idempotency-key', 'one').json({ rows: [{ code: 'i-1', name: 'One' }] })
    const [first, second] = [await send(), await send()]
    assert.deepEqual(second.body(), first.body())
    assert.equal(second.header('idempotency-replayed'), 'true')
  })

  test('the document offers nothing that no key may be given the right to', async ({ client, assert }) => {
    const { paths } = (await client.get('/api/openapi.json')).body()
    for (const closed of ['staff', 'webhook', 'receipt_line']) assert.notProperty(paths, `/api/v1/objects/${closed}/batch`)
    assert.deepEqual(Object.keys(paths['/api/v1/objects/staff/{id}']), ['get'])
    assert.property(paths, '/api/v1/objects/good/batch')
  })

  test('who may create does not change, and who may change does not create', async ({ client, assert }) => {
    await a('good', { code: 'r-1', name: 'There' })
    const put = async (scope: string, code: string) =>
      (await client.post('/api/v1/objects/good').header('authorization', await aKey(scope)).json({ key: 'code', values: { code, name: 'N' } })).status()
    assert.deepEqual([await put('good:create', 'r-1'), await put('good:create', 'r-2'), await put('good:edit', 'r-1'), await put('good:edit', 'r-3')], [422, 200, 200, 422])
  })

  test('a field that the company adds is read, written and documented for keys, and nobody else hears of it', async ({ client, assert }) => {
    await a('attribute', { object: 'good', name: 'vintage', label: 'Год урожая', type: 'integer' })
    const key = await aKey('good:read', 'good:create', 'good:edit')
    const put = await client.post('/api/v1/objects/good').header('authorization', key).json({ key: 'code', values: { code: 'v-1', name: 'Wine', vintage: 1999 } })
    put.assertStatus(200)
    const read = await client.get(`/api/v1/objects/good/${put.body().id}`).header('authorization', key)
    assert.equal(read.body().vintage, 1999)
    const own = await client.get('/api/v1/openapi.json').header('authorization', key)
    assert.property(own.body().components.schemas.good.properties, 'vintage')
    const open = await client.get('/api/openapi.json')
    assert.notProperty(open.body().components.schemas.good.properties, 'vintage')
  })
})
