import { test } from '@japa/runner'
import { execute, row, rows, sql, transaction } from '#core/database'
import { edit, find, InvalidFields, objects, plain, select, show } from '#core/objects'
import { rolledBack } from '#tests/support/rolled_back'
import { aMemberOfStaff, PASSWORD } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'

const nobody = { staffId: null }
const change = (id: number, values: Record<string, unknown>) =>
  transaction((trx) => edit(objects.get('staff'), id, values, nobody, trx))

async function refusal(work: () => Promise<unknown>) {
  const error = await work().then(
    () => undefined,
    (thrown) => thrown
  )
  if (!(error instanceof InvalidFields)) throw error ?? new Error('Nothing was refused')
  return Object.fromEntries(Object.entries(error.errors).map(([field, { code }]) => [field, code]))
}

test.group('Staff', (group) => {
  rolledBack(group)

  test('a mail belongs to one person, whatever its case', async ({ assert }) => {
    await aMemberOfStaff({ email: 'masha@example.com' })
    assert.deepEqual(await refusal(() => aMemberOfStaff({ email: 'MASHA@example.com' })), { email: 'taken' })
  })

  test('somebody new needs a password of ten characters', async ({ assert }) => {
    assert.deepEqual(await refusal(() => aMemberOfStaff({ password: 'short' })), { password: 'passwordTooShort' })
  })

  test('the last administrator stays one', async ({ assert }) => {
    await execute(sql`update staff set active = false`)
    const boss = await aMemberOfStaff({ role: 'administrator' })
    await aMemberOfStaff({ role: 'marketer' })
    assert.deepEqual(await refusal(() => change(boss.id, { role: 'viewer' })), { role: 'lastAdministrator' })
    assert.deepEqual(await refusal(() => change(boss.id, { active: false })), { active: 'lastAdministrator' })

    await aMemberOfStaff({ role: 'administrator' })
    await change(boss.id, { role: 'viewer' })
    assert.equal((await row<{ role: string }>(sql`select role from staff where id = ${boss.id}`))!.role, 'viewer')
  })

  test('S-07 a password is written and never read back', async ({ assert }) => {
    const staff = await aMemberOfStaff()
    const object = objects.get('staff')
    await change(staff.id, { password: 'a quite different sentence' })
    const shown = [
      await find(object, staff.id, plain),
      await rows(select(object, { reader: plain, columns: ['password'] })),
      await rows(sql`select * from audit_log where object = 'staff'`),
    ]
    assert.notMatch(JSON.stringify(shown), /argon2|battery|different/)
    assert.include(JSON.stringify(shown[2]), '***')
  })

  test('S-07 nobody sets it for another, and no form sends it back', async ({ assert }) => {
    const boss = await aMemberOfStaff({ role: 'administrator' })
    const visitor = new Visitor()
    await visitor.signIn(boss.email)
    assert.notInclude((await visitor.get('/staff/create')).words, 'type="password"')
    assert.equal((await visitor.get(`/staff/${boss.id}/fields/password/edit`)).status, 404)
    const refused = await visitor.post('/staff', { name: 'Маша', email: 'no address', password: 'a canary that sings' })
    assert.equal(refused.status, 422)
    assert.notInclude(refused.words, 'canary')
  })

  test('an administrator invites people, who cannot sign in before they have a password', async ({ assert }) => {
    const boss = await aMemberOfStaff({ role: 'administrator' })
    const visitor = new Visitor()
    await visitor.signIn(boss.email)
    await visitor.get('/staff')
    const form = { name: 'Маша', email: 'Masha@Example.com', role: 'viewer', password: PASSWORD, locale: 'ru', timezone: '' }
    const added = await visitor.post('/staff', form)
    assert.equal(added.status, 303)
    const card = await visitor.get(added.headers.get('location')!)
    assert.include(card.words, 'masha@example.com')
    assert.include(card.words, 'Invited')
    assert.equal((await new Visitor().signIn('masha@example.com')).status, 422)
    assert.equal((await visitor.get('/audit')).status, 200)
  })

  test('an empty password keeps the one there is', async ({ assert }) => {
    const staff = await aMemberOfStaff()
    await change(staff.id, { name: 'Мария Сосновская', password: null })
    const kept = await row<{ password: string }>(sql`select password from staff where id = ${staff.id}`)
    assert.equal(kept!.password, staff.password)
  })
})

test.group('Audit log', (group) => {
  rolledBack(group)

  test('L-09 nobody changes or deletes what it says')
    .with(['update audit_log set staff_id = null', 'delete from audit_log'])
    .run(async ({ assert }, statement) => {
      await aMemberOfStaff({ password: PASSWORD })
      const attempt = () => transaction((trx) => trx.rawQuery(statement))
      await assert.rejects(attempt, /rows of audit_log are only ever added/)
    })

  test('says what a field was and what it became', async ({ assert }) => {
    const staff = await aMemberOfStaff({ name: 'Маша' })
    await change(staff.id, { name: 'Мария', timezone: 'Asia/Tokyo' })
    const object = objects.get('audit_entry')
    const [entry] = await rows<{ summary: never }>(select(object, { reader: plain, columns: ['summary'], limit: 1 }))
    const summary = show(objects.field(object, 'summary'), entry.summary, plain)
    assert.include(summary, 'Маша » Мария')
    assert.include(summary, 'UTC » Asia/Tokyo')
  })
})
