import { test } from '@japa/runner'
import { aUser } from '#tests/support/people'
import { rolledBack } from '#tests/support/rolled_back'
import { callingSources, TILL_KEY } from '#tests/support/sources'

const home = `http://${process.env.HOST}:${process.env.PORT}`

test.group('Calls of a method', (group) => {
  rolledBack(group)
  callingSources(group)

  test('a front end calls without a key, and a page of its site may read the answer', async ({ client, assert }) => {
    const answer = await client.post('/api/v1/site/source/info').header('origin', 'https://shop.example').json({})
    answer.assertStatus(200)
    assert.equal(answer.body().source, 'site')
    assert.equal(answer.header('access-control-allow-origin'), 'https://shop.example')
  })

  for (const origin of ['https://evil.example', 'null', 'https://shop.example.evil.example', 'http://shop.example']) {
    test(`a page of ${origin} may not`, async ({ client, assert }) => {
      const answer = await client.post('/api/v1/site/source/info').header('origin', origin).json({})
      answer.assertStatus(403)
      assert.equal(answer.body().code, 'originRefused')
      assert.isUndefined(answer.header('access-control-allow-origin'))
    })
  }

  test('a browser is told what it may send before it calls, and of an unknown source nothing', async ({ assert }) => {
    const ask = (source: string, origin: string) =>
      fetch(`${home}/api/v1/${source}/source/info`, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } })
    const known = await ask('site', 'https://shop.example')
    assert.equal(known.status, 204)
    assert.equal(known.headers.get('access-control-allow-origin'), 'https://shop.example')
    assert.include(known.headers.get('access-control-allow-headers')!, 'idempotency-key')
    assert.notInclude(known.headers.get('access-control-allow-headers')!, 'x-source-key')
    for (const refused of [await ask('site', 'https://evil.example'), await ask('nowhere', 'https://shop.example')]) {
      assert.isNull(refused.headers.get('access-control-allow-origin'))
      assert.oneOf(refused.status, [403, 404])
    }
  })

  test('what is no method is told so, and how methods are called', async ({ assert }) => {
    const ask = (path: string, method: string, language: string) => fetch(`${home}${path}`, { method, headers: { 'accept-language': language } })
    for (const [path, method] of [['/api/v1/site/user/fly', 'POST'], ['/api/v1/site/source/info', 'GET'], ['/api/v1', 'GET']]) {
      const answer = await ask(path, method, 'en')
      assert.equal(answer.status, 404, path)
      const problem = (await answer.json()) as { code: string; title: string; detail: string }
      assert.containsSubset(problem, { code: 'noSuchMethod', title: 'There is no such method' })
      assert.include(problem.detail, 'POST')
    }
    const inRussian = (await (await ask('/api/v1/site/user/fly', 'POST', 'ru')).json()) as { title: string }
    assert.equal(inRussian.title, 'Такого метода нет')
  })

  test('a server brings the key of its source', async ({ client }) => {
    const call = () => client.post('/api/v1/till/source/info').json({})
    const bare = await call()
    const wrong = await call().header('x-source-key', 'another')
    const right = await call().header('x-source-key', TILL_KEY)
    bare.assertStatus(401)
    wrong.assertStatus(401)
    right.assertStatus(200)
  })

  test('an unknown source is a problem in the language of who asks, with the page that explains it', async ({ client, assert }) => {
    const answer = await client.post('/api/v1/nowhere/source/info').header('accept-language', 'en').json({})
    answer.assertStatus(404)
    assert.match(answer.header('content-type')!, /^application\/problem\+json/)
    assert.equal(answer.body().title, 'There is no such source')
    assert.match(answer.body().type, /\/api\/docs#problem-unknownSource$/)
    const russian = await client.post('/api/v1/nowhere/source/info').header('accept-language', 'ru').json({})
    assert.equal(russian.body().title, 'Нет такого источника')
  })

  test('a field that there is not is told at its place', async ({ client, assert }) => {
    const answer = await client.post('/api/v1/site/source/info').header('accept-language', 'en').json({ lagnuage: 'ru' })
    answer.assertStatus(422)
    assert.deepEqual(answer.body().errors, { lagnuage: 'There is no such field here: look whether its name is right' })
  })

  test('only JSON is read, and only so much of it', async ({ assert }) => {
    const send = (type: string, body: string) =>
      fetch(`${home}/api/v1/site/source/info`, { method: 'POST', headers: { 'content-type': type }, body })
    const statuses = [
      await send('application/json', '{}'),
      await send('application/x-www-form-urlencoded', 'a=b'),
      await send('text/plain', '{}'),
      await send('multipart/form-data; boundary=x', '--x--'),
      await send('application/json', '[]'),
      await send('application/json', '"text"'),
      await send('application/json', '{"a":'),
      await send('application/json', JSON.stringify({ a: 'x'.repeat(70_000) })),
      await fetch(`${home}/api/v1/site/source/info`, { method: 'POST' }),
    ].map(({ status }) => status)
    assert.deepEqual(statuses, [200, 415, 415, 415, 400, 400, 400, 413, 200])
  })

  test('a call that promises parts and sends none has not sent its file', async ({ assert }) => {
    const headers = { 'x-source-key': TILL_KEY, 'x-user': String(await aUser()), 'content-type': 'multipart/form-data; boundary=x', 'content-length': '0' }
    const answer = await fetch(`${home}/api/v1/till/document/upload`, { method: 'POST', headers })
    assert.equal(answer.status, 422)
    assert.deepEqual(Object.keys(((await answer.json()) as { errors: object }).errors), ['file'])
  })
})
