import { test } from '@japa/runner'
import { row, sql } from '#core/database'
import { a, aUser, idOf } from '#tests/support/people'
import { rolledBack } from '#tests/support/rolled_back'
import { aMemberOfStaff } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'

async function signedIn(role: string) {
  const visitor = new Visitor()
  await visitor.signIn((await aMemberOfStaff({ role })).email)
  return visitor
}

test.group('Small things and empty ones', (group) => {
  rolledBack(group)

  test('F5 the address of a small thing leads to its edit window, and whoever only reads finds it in its list', async ({ assert }) => {
    const male = await idOf('gender', 'male')
    const field = await a('attribute', { object: 'user', label: 'Рост', type: 'integer' })
    const boss = await signedIn('administrator')
    for (const path of [`/genders/${male}`, `/attributes/${field}`]) {
      const led = await boss.get(path)
      assert.deepEqual([led.status, led.headers.get('location')], [303, `${path}/edit`])
      assert.equal((await boss.get(`${path}/edit`)).status, 200)
    }
    assert.equal((await boss.get('/genders/987654321')).status, 404)

    const viewer = await signedIn('viewer')
    const list = await viewer.get((await viewer.get(`/genders/${male}`)).headers.get('location')!)
    assert.equal(list.status, 200)
    assert.include(list.words, 'male')
    assert.notInclude(list.words, 'female')
  })

  test('an entirely empty customer is not created, and the form says what would make one', async ({ assert }) => {
    const boss = await signedIn('administrator')
    const count = async () => (await row<{ count: number }>(sql`select count(*) as count from users`))!.count
    const before = await count()
    await boss.get('/users/create')
    const nobody = { type: String(await idOf('user_type', 'standard')), status: String(await idOf('user_status', 'active')), isTest: '0' }
    const refused = await boss.post('/users', nobody)
    assert.equal(refused.status, 422)
    assert.match(refused.words, /Fill in at least one of: Surname, Given name/)
    assert.equal(await count(), before)

    await boss.post('/users', { ...nobody, givenName: 'Anna' })
    assert.equal(await count(), before + 1)
  })

  test('a card says why it has nothing to show and what to do about it', async ({ assert }) => {
    const boss = await signedIn('administrator')
    const shown = async (path: string) => /class="detail-none">([^<]*)</.exec((await boss.get(path)).words)?.[1]
    assert.include(await shown(`/users/${await aUser()}/tab/documents`), 'uploaded nothing')
    const campaign = await a('campaign', { name: 'May', code: 'may' })
    assert.include(await shown(`/campaigns/${campaign}/tab/sources`), 'Add a site')
  })
})
