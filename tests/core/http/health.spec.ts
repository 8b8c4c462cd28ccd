import { test } from '@japa/runner'

test.group('Health', () => {
  test('answers that the process lives', async ({ client }) => {
    const response = await client.get('/health/live')
    response.assertStatus(200)
    response.assertBody({ live: true })
  })

  test('is ready with a migrated database', async ({ client }) => {
    const response = await client.get('/health/ready')
    response.assertStatus(200)
    response.assertBodyContains({ ready: true, checks: { migrations: { pending: 0 } } })
  })

  test('asks for no session', async ({ client, assert }) => {
    const response = await client.get('/health/live')
    assert.notExists(response.header('set-cookie'))
  })
})
