import { test } from '@japa/runner'
import { letIn, Staff } from '#core/access'
import { InvalidFields } from '#core/objects'
import { rolledBack } from '#tests/support/rolled_back'

test.group('The first administrator', (group) => {
  rolledBack(group)

  const person = { email: 'First@Shop.example', name: 'First', role: 'administrator' as const, password: 'a long password' }

  test('is let in, and again with a new password, which ends the old one', async ({ assert }) => {
    assert.equal(await letIn(person), 'added')
    const before = await Staff.findByOrFail({ email: 'first@shop.example' })
    assert.equal(await letIn({ ...person, password: 'another long one' }), 'renewed')

    const after = await Staff.findByOrFail({ email: 'first@shop.example' })
    assert.equal(after.id, before.id)
    assert.notEqual(after.password, before.password)
    assert.isAbove(after.sessionVersion, before.sessionVersion)
  })

  test('needs an address that can be one', async ({ assert }) => {
    await assert.rejects(() => letIn({ ...person, email: '' }), InvalidFields as never)
  })
})
