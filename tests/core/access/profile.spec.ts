import { test } from '@japa/runner'
import { rows, sql } from '#core/database'
import { rolledBack } from '#tests/support/rolled_back'
import { aMemberOfStaff, PASSWORD } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'

test.group('One’s own account', (group) => {
  rolledBack(group)

  let visitor: Visitor
  group.each.setup(async () => {
    await aMemberOfStaff({ email: 'masha@example.com' })
    visitor = new Visitor()
    await visitor.signIn('masha@example.com')
    await visitor.get('/profile')
  })

  test('everybody changes name, language and time zone', async ({ assert }) => {
    const saved = await visitor.post('/profile', { name: 'Маша', locale: 'ru', timezone: 'Asia/Tokyo' })
    assert.equal(saved.status, 303)
    const page = await visitor.get('/profile')
    assert.include(page.words, 'value="Маша"')
    assert.include(page.words, 'Моя учётная запись')
    assert.include(page.words, 'Сохранено')
  })

  test('what is wrong is said at its field, and nothing is lost', async ({ assert }) => {
    const page = await visitor.post('/profile', { name: '', locale: 'en', timezone: 'Mars/Base' })
    assert.equal(page.status, 422)
    assert.include(page.words, 'Fill this in')
    const again = await visitor.post('/profile', { name: 'Маша', locale: 'en', timezone: 'Mars/Base' })
    assert.include(again.words, 'There is no such time zone')
    assert.include(again.words, 'value="Mars/Base"')
  })

  test('A-10 role and activity are not taken from the form', async ({ assert }) => {
    await visitor.post('/profile', { name: 'Маша', locale: 'en', timezone: 'UTC', role: 'administrator', session_version: '9' })
    const [staff] = await rows<{ role: string; session_version: number }>(sql`select * from staff where email = 'masha@example.com'`)
    assert.equal(staff.role, 'marketer')
    assert.equal(staff.session_version, 1)
  })

  test('a new password needs the current one, and must be long', async ({ assert }) => {
    const stranger = await visitor.post('/profile/password', { current: 'a guess', password: 'a quite different sentence' })
    assert.equal(stranger.status, 422)
    assert.include(stranger.words, 'This is not your current password')
    const short = await visitor.post('/profile/password', { current: PASSWORD, password: 'short' })
    assert.equal(short.status, 422)
    assert.include(short.words, 'At least 10 characters')
    assert.notInclude(short.words, 'short"')
  })
})
