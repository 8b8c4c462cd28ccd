import { test } from '@japa/runner'
import { segmentOf } from '#app/segments'
import { row, sql } from '#core/database'
import { a, aUser } from '#tests/support/people'
import { rolledBack } from '#tests/support/rolled_back'
import { aMemberOfStaff } from '#tests/support/staff'

const filter = { logic: 'and', of: [{ field: 'surname', operator: 'equal', value: ['Сегментова'] }] }

test.group('Pages of a segment', (group) => {
  rolledBack(group)

  test('a marketer says who is in it, and the card tells it in words', async ({ assert, client }) => {
    const marketer = await aMemberOfStaff()
    const id = await a('segment', { name: 'Page spec', object: 'user' })

    const saved = await client
      .post(`/segments/${id}/definition`)
      .form({ filter: JSON.stringify(filter), columns: ['surname', 'birthDate'] })
      .loginAs(marketer)
      .withCsrfToken()
      .redirects(0)
    saved.assertStatus(303)
    assert.containsSubset(await segmentOf(id), { filter, columns: ['surname', 'birthDate'] })

    const panel = await client.get(`/segments/${id}/panels/definition`).loginAs(marketer)
    panel.assertStatus(200)
    panel.assertTextIncludes('Сегментова')
  })

  test('conditions that cannot be read change nothing', async ({ assert, client }) => {
    const marketer = await aMemberOfStaff()
    const id = await a('segment', { name: 'Page spec', object: 'user' })
    const before = await segmentOf(id)
    for (const hostile of ['{', '[]', '{"logic":"and","of":[{"field":"password","operator":"equal","value":["x"]}]}']) {
      const refused = await client
        .post(`/segments/${id}/definition`)
        .form({ filter: hostile })
        .loginAs(marketer)
        .withCsrfToken()
        .redirects(0)
      refused.assertStatus(422)
    }
    const unknown = await client
      .post(`/segments/${id}/definition`)
      .form({ filter: JSON.stringify(filter), columns: ['password_hash'] })
      .loginAs(marketer)
      .withCsrfToken()
      .redirects(0)
    unknown.assertStatus(404)
    assert.deepEqual(await segmentOf(id), before)
  })

  test('Recount pressed twice makes one run', async ({ assert, client }) => {
    const marketer = await aMemberOfStaff()
    const id = await a('segment', { name: 'Page spec', object: 'user' })
    for (let time = 0; time < 2; time++) {
      const pressed = await client.post(`/segments/${id}/recounts`).loginAs(marketer).withCsrfToken().redirects(0)
      pressed.assertStatus(303)
    }
    const runs = await row<{ count: number }>(
      sql`select count(*) from job_runs where subject_object = 'segment' and subject_id = ${id}`
    )
    assert.equal(runs!.count, 1)
  })

  test('a version that does not exist is an unknown page', async ({ client }) => {
    await aUser({ surname: 'Сегментова' })
    const id = await a('segment', { name: 'Page spec', object: 'user' })
    const answer = await client.get(`/segments/${id}/versions/1/exports/create`).loginAs(await aMemberOfStaff())
    answer.assertStatus(404)
  })
})
