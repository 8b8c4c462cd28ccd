import { test } from '@japa/runner'
import { createHash } from 'node:crypto'
import { execute, sql } from '#core/database'

const KEY = 'a-secret-of-the-till'

test.group('Calls of a method', (group) => {
  group.each.setup(async () => {
    await execute(sql`update sources set front_end = true, origins = '{https://shop.example}' where code = 'site'`)
    await execute(sql`update sources set key_hash = ${createHash('sha256').update(KEY).digest()} where code = 'till'`)
    return async () => {
      await execute(sql`update sources set front_end = false, origins = '{}' where code = 'site'`)
      await execute(sql`update sources set key_hash = null where code = 'till'`)
    }
  })

  test('a front end calls without a key, and a page of its site may read the answer', async ({ client, assert }) => {
    const answer = await client.post('/api/v1/site/source/info').header('origin', 'https://shop.example').json({})
    answer.assertStatus(200)
    assert.equal(answer.body().source, 'site')
    assert.equal(answer.header('access-control-allow-origin'), 'https://shop.example')
  })

  test('a page of another site may not', async ({ client, assert }) => {
    const answer = await client.post('/api/v1/site/source/info').header('origin', 'https://evil.example').json({})
    answer.assertStatus(403)
    assert.equal(answer.body().code, 'originRefused')
    assert.isUndefined(answer.header('access-control-allow-origin'))
  })

  test('a server brings the key of its source', async ({ client }) => {
    const call = () => client.post('/api/v1/till/source/info').json({})
    const bare = await call()
    const wrong = await call().header('x-source-key', 'another')
    const right = await call().header('x-source-key', KEY)
    bare.assertStatus(401)
    wrong.assertStatus(401)
    right.assertStatus(200)
  })

  test('an unknown source is a problem in the language of who asks', async ({ client, assert }) => {
    const answer = await client.post('/api/v1/nowhere/source/info').header('accept-language', 'en').json({})
    answer.assertStatus(404)
    assert.match(answer.header('content-type')!, /^application\/problem\+json/)
    assert.equal(answer.body().title, 'There is no such source')
  })

  test('L-02 a key of idempotency answers the same again, and no other question', async ({ client, assert }) => {
    const call = (body: object) => client.post('/api/v1/site/source/info').header('idempotency-key', 'one-and-only').json(body)
    const [first, second] = [await call({}), await call({})]
    assert.deepEqual(second.body(), first.body())
    assert.equal(second.header('idempotent-replayed'), 'true')
    const other = await call({ else: true })
    other.assertStatus(422)
    await execute(sql`delete from method_answers where key = 'one-and-only'`)
  })
})
