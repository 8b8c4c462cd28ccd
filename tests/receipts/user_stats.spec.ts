import { test } from '@japa/runner'
import { row, sql, transaction } from '#core/database'
import { edit, objects } from '#core/objects'
import { aReceipt, aUser, nobody } from '#tests/support/people'
import { rolledBack } from '#tests/support/rolled_back'

const stats = (user: number) =>
  row(sql`select receipts_count, receipts_total, first_receipt_at, last_receipt_at from user_stats where user_id = ${user}`)

test.group('Figures of a customer', (group) => {
  rolledBack(group)

  test('follow the receipts, and forget the rejected ones', async ({ assert }) => {
    const user = await aUser()
    await aReceipt(user, { issuedAt: new Date('2026-01-05T10:00:00Z'), total: 150_00 })
    const second = await aReceipt(user, { issuedAt: new Date('2026-03-05T10:00:00Z'), total: 50_00 })
    assert.deepEqual(await stats(user), {
      receipts_count: 2,
      receipts_total: 200_00,
      first_receipt_at: new Date('2026-01-05T10:00:00Z'),
      last_receipt_at: new Date('2026-03-05T10:00:00Z'),
    })

    await transaction((trx) => edit(objects.get('receipt'), second, { status: 'rejected' }, nobody, trx))
    const after = await stats(user)
    assert.equal((after as { receipts_total: number }).receipts_total, 150_00)
  })
})
