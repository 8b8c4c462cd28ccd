import { test } from '@japa/runner'
import { recount, segmentOf, define } from '#app/segments'
import { execute, rows, sql, transaction } from '#core/database'
import { type Group } from '#core/filters'
import { a, aReceipt, aUser, nobody } from '#tests/support/people'
import { rolledBack } from '#tests/support/rolled_back'

/** Customers with a receipt of at least this many minor units. */
const spenders = (minor: string): Group => ({
  logic: 'and',
  of: [
    {
      relation: 'receipts',
      operator: 'exists',
      where: { logic: 'and', of: [{ field: 'total', operator: 'atLeast', value: [minor] }] },
    },
  ],
})

async function aSegment(filter: Group) {
  const id = await a('segment', { name: 'Spenders', object: 'user' })
  await transaction((trx) => define(id, { filter, columns: [] }, nobody, trx))
  return id
}

const membersOf = async (id: number) => {
  const found = await rows<{ member_id: number }>(
    sql`select member_id from segment_current where segment_id = ${id} order by member_id`
  )
  return found.map((member) => member.member_id)
}

test.group('Recount of a segment', (group) => {
  rolledBack(group)

  test('the first version holds those whom the filter answers', async ({ assert }) => {
    const [rich, poor] = [await aUser(), await aUser()]
    await aReceipt(rich, { total: 500_00 })
    await aReceipt(poor, { total: 5_00 })
    const segment = await aSegment(spenders('100'))

    const version = await recount(segment, 'UTC')
    assert.containsSubset(version, { version: 1, count: 1, entered: 1, left_count: 0 })
    assert.deepEqual(await membersOf(segment), [rich])
  })

  test('the next one tells who entered and who left', async ({ assert }) => {
    const [stays, leaves, enters] = [await aUser(), await aUser(), await aUser()]
    await aReceipt(stays, { total: 500_00 })
    await aReceipt(leaves, { total: 500_00 })
    const segment = await aSegment(spenders('100'))
    await recount(segment, 'UTC')

    await execute(sql`update receipts set total = 0 where user_id = ${leaves}`)
    await aReceipt(enters, { total: 200_00 })
    const version = await recount(segment, 'UTC')

    assert.containsSubset(version, { version: 2, count: 2, entered: 1, left_count: 1 })
    assert.deepEqual(await membersOf(segment), [stays, enters])
    assert.deepEqual(
      await rows(sql`select member_id, op from segment_delta where segment_id = ${segment} and version = 2 order by op`),
      [
        { member_id: leaves, op: -1 },
        { member_id: enters, op: 1 },
      ]
    )
  })

  test('somebody who left and came back is a member once', async ({ assert }) => {
    const user = await aUser()
    const receipt = await aReceipt(user, { total: 500_00 })
    const segment = await aSegment(spenders('100'))
    for (const total of [500_00, 0, 500_00]) {
      await execute(sql`update receipts set total = ${total} where id = ${receipt}`)
      await recount(segment, 'UTC')
    }
    assert.deepEqual(await membersOf(segment), [user])
    const { version, count } = await segmentOf(segment)
    assert.deepEqual({ version, count }, { version: 3, count: 1 })
  })

  test('deleted customers are in no segment', async ({ assert }) => {
    const user = await aUser()
    await aReceipt(user, { total: 500_00 })
    await execute(sql`update users set deleted_at = now() where id = ${user}`)
    const segment = await aSegment(spenders('100'))
    assert.equal((await recount(segment, 'UTC')).count, 0)
  })
})
