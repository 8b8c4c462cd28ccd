import { test } from '@japa/runner'
import { execute, row, sql, transaction } from '#core/database'
import { jobs, prepareQueues, runNow } from '#core/jobs'
import { create, objects, readChanges } from '#core/objects'
import { emptied } from '#tests/support/emptied'
import { a, aUser, nobody } from '#tests/support/people'
import { aMemberOfStaff } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'

test.group('Changes of custom fields', (group) => {
  emptied(group)
  group.teardown(readChanges)
  let admin: Visitor

  group.setup(async () => {
    await prepareQueues()
    admin = new Visitor()
    await admin.signIn((await aMemberOfStaff({ role: 'administrator' })).email)
  })

  test('one that rows hold values of goes once its code is typed, and its values with it', async ({ assert }) => {
    const id = await a('attribute', { object: 'user', name: 'size', label: 'Size', type: 'integer' })
    await readChanges()
    const user = await aUser({ size: 42 })
    const asked = await admin.get(`/attributes/${id}/deletion`)
    assert.include(asked.words, 'type its code: size')
    assert.equal((await admin.post(`/attributes/${id}/deletion`, { typed: 'other' })).status, 422)
    assert.equal((await admin.post(`/attributes/${id}/deletion`, { typed: 'size' })).headers.get('location'), '/attributes')

    await readChanges()
    const again = () => a('attribute', { object: 'user', name: 'size', label: 'Size', type: 'text' })
    const refused = await again().catch((error) => error)
    assert.equal(refused.errors.name.code, 'stillHeld')
    await execute(sql`delete from pgboss.job`)
    await runNow(jobs.get('attributes.clear'), { object: 'user', name: 'size' }, { actor: nobody, title: 'size' })
    assert.deepEqual(await row(sql`select attributes from users where id = ${user}`), { attributes: {} })
    assert.equal((await again().catch((error) => error)).errors?.name.code, 'stillHeld', 'the run that the deletion began still walks')
    await execute(sql`update job_runs set state = 'cancelled'`)
    await again()

    await readChanges()
    const another = await aUser({ size: 'L' })
    await runNow(jobs.get('attributes.clear'), { object: 'user', name: 'size' }, { actor: nobody, title: 'size' })
    assert.deepEqual(await row(sql`select attributes from users where id = ${another}`), { attributes: { size: 'L' } }, 'the run was tried again')
  })

  test('one that a folder or a segment asks about stays, and which is said', async ({ assert }) => {
    const id = await a('attribute', { object: 'user', name: 'tier', label: 'Tier', type: 'text' })
    await readChanges()
    const segment = await a('segment', { name: 'Of the first tier', object: 'user' })
    const filter = { logic: 'and', of: [{ logic: 'or', of: [{ field: 'tier', operator: 'equal', value: ['1'] }] }] }
    await execute(sql`update segments set filter = ${JSON.stringify(filter)}::jsonb where id = ${segment}`)
    await admin.get(`/attributes/${id}/deletion`)
    const refused = await admin.post(`/attributes/${id}/deletion`)
    assert.equal(refused.status, 422)
    assert.include(refused.words, 'Of the first tier')

    const receipts = { logic: 'and', of: [{ field: 'user.tier', operator: 'notEmpty' }] }
    await execute(sql`update segments set object = 'receipt', filter = ${JSON.stringify(receipts)}::jsonb where id = ${segment}`)
    assert.equal((await admin.post(`/attributes/${id}/deletion`)).status, 422, 'by way of a reference')
    await execute(sql`delete from segments`)
    assert.equal((await admin.post(`/attributes/${id}/deletion`)).status, 303)
  })

  test('two administrators at once leave one whole registry', async ({ assert }) => {
    await readChanges()
    const make = (name: string) => transaction((trx) => create(objects.get('attribute'), { object: 'user', name, label: name, type: 'integer' }, nobody, trx))
    const made = await Promise.allSettled([make('twin'), make('twin'), make('other'), make('third')])
    assert.lengthOf(made.filter(({ status }) => status === 'fulfilled'), 3)
    await readChanges()
    for (const name of ['twin', 'other', 'third']) assert.isTrue(objects.get('user').fields.has(name))
    const user = await aUser({ twin: 1, other: 2, third: 3 })
    assert.isAbove(user, 0)
  })

  test('a table that somebody holds is told to be busy, and no page waits for it', async ({ assert }) => {
    const { makeTable } = await import('#core/tables')
    const field = { label: 'Name', labelEn: null, choices: null, target: null, required: false, personal: false, tellsApart: false, from: null }
    const plan = {
      one: 'Held', many: 'Held', oneEn: null, manyEn: null, path: 'held', menuGroup: 'database' as const, titleField: null,
      fields: [{ ...field, name: 'name', type: 'text' }],
    }
    await transaction((trx) => makeTable(plan, nobody, trx))
    await readChanges()
    await transaction(async (holding) => {
      await execute(sql`lock table custom.held in access exclusive mode`, holding)
      const error = await a('attribute', { object: 'custom_held', label: 'More', type: 'integer' }).catch((thrown) => thrown)
      assert.equal(error.code, 'tableBusy')
    })
    await a('attribute', { object: 'custom_held', label: 'More', type: 'integer' })
    await readChanges()
    const id = await a('custom_held', { name: 'x', more: 5 })
    assert.deepEqual(await row(sql`select name, more from custom.held where id = ${id}`), { name: 'x', more: 5 })
    await execute(sql`drop table custom.held`)
  })
})
