import { test } from '@japa/runner'
import { normalise } from '#app/users'
import { rows, sql } from '#core/database'
import { InvalidFields } from '#core/objects'
import { a, aUser, anEmail } from '#tests/support/people'
import { rolledBack } from '#tests/support/rolled_back'

test.group('Spelling of identifiers', () => {
  test('one phone is one, however it was typed: {$self}')
    .with(['8 916 123-45-67', '+7 (916) 123 45 67', '89161234567', '7 916 1234567', '916 123 45 67'])
    .run(({ assert }, typed) => {
      assert.equal(normalise('phone', typed), '+79161234567')
    })

  test('mail is lower case and without spaces around', ({ assert }) => {
    assert.equal(normalise('email', ' Anna.Ivanova@Example.COM '), 'anna.ivanova@example.com')
  })

  test('what cannot be an address is none: {type}')
    .with([
      { type: 'email', value: 'anna@' },
      { type: 'email', value: 'a b@example.com' },
      { type: 'email', value: 'a@example.com\r\nBcc: b@example.com' },
      { type: 'email', value: `${'a'.repeat(250)}@example.com` },
      { type: 'phone', value: '12' },
      { type: 'card', value: ' - ' },
    ])
    .run(({ assert }, { type, value }) => {
      assert.isNull(normalise(type, value))
    })
})

test.group('Identifiers of a customer', (group) => {
  rolledBack(group)

  test('the last one entered is the only active one, and the older one stays', async ({ assert }) => {
    const user = await aUser()
    await anEmail(user, 'old@example.com')
    await anEmail(user, 'new@example.com')

    const found = await rows<{ value: string; active: boolean }>(
      sql`select value, active from user_identifiers where user_id = ${user} order by id`
    )
    assert.deepEqual(found, [
      { value: 'old@example.com', active: false },
      { value: 'new@example.com', active: true },
    ])
  })

  test('an address of another customer is refused at its field', async ({ assert }) => {
    await anEmail(await aUser(), 'one@example.com')
    const other = await aUser()

    const refused = await anEmail(other, 'ONE@example.com').catch((error) => error)
    assert.instanceOf(refused, InvalidFields)
    assert.equal(refused.errors.value.code, 'anotherOwner')
  })

  test('the moment of confirmation is kept', async ({ assert }) => {
    const user = await aUser()
    await anEmail(user, 'yes@example.com', true)
    await a('identifier', { user, type: 'phone', value: '+79161234567', confirmed: false })

    const found = await rows<{ type: string; confirmed: boolean }>(
      sql`select type, confirmed_at is not null as confirmed from user_identifiers where user_id = ${user} order by type`
    )
    assert.deepEqual(found, [
      { type: 'email', confirmed: true },
      { type: 'phone', confirmed: false },
    ])
  })
})
