import { test } from '@japa/runner'
import fc from 'fast-check'
import { claimIdentifier, confirmIdentifier, identifierOf, normalise, ownerOf } from '#app/users'
import { execute, identifier, row, rows, sql, transaction } from '#core/database'
import { compile, parseFilter } from '#core/filters'
import { edit, InvalidFields, objects, plain, type Values } from '#core/objects'
import { outdateSettings, refreshSettings } from '#core/settings'
import { a, aUser, anEmail, nobody } from '#tests/support/people'
import { aMemberOfStaff } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'
import { byIdentifier } from '../../app/users/find_by_identifier.js'
import { rolledBack } from '#tests/support/rolled_back'
import { keepBrought } from '../../app/users/identifiers/keep_brought.js'
import { spelledAs } from '../../app/users/identifiers/spelled_as.js'
import { columns, imported } from '../core/imports/imported.js'

test.group('Spelling of identifiers', () => {
  test('one phone is one, however it was typed: {$self}')
    .with(['8 916 123-45-67', '+7 (916) 123 45 67', '89161234567', '7 916 1234567', '916 123 45 67', '8 916 123-45-67 доб. 12', '+7 916 123 45 67 ext. 5'])
    .run(({ assert }, typed) => {
      assert.equal(normalise('phone', typed), '+79161234567')
    })

  test('a foreign phone keeps its country: {typed}')
    .with([
      { typed: '+49 30 901820', kept: '+4930901820' },
      { typed: '00 371 2612 3456', kept: '+37126123456' },
      { typed: '0049 30 12345631', kept: '+493012345631' },
      { typed: '+1 (212) 736-5000 x55', kept: '+12127365000' },
    ])
    .run(({ assert }, { typed, kept }) => {
      assert.equal(normalise('phone', typed), kept)
    })

  test('a phone of any of these countries is one in every spelling, and is found by each of them', ({ assert }) => {
    const countries = [['7', '9161234567'], ['371', '26123456'], ['49', '30901820'], ['44', '2071838750'], ['1', '2127365000'], ['33', '142685300'], ['86', '1065529988']]
    const between = fc.constantFrom('', ' ', '-', '.', '\u00a0')
    fc.assert(
      fc.property(fc.constantFrom(...countries), fc.constantFrom('+', '00', '00 ', ' +'), fc.boolean(), fc.array(between, { minLength: 12, maxLength: 12 }), (country, plus, brackets, signs) => {
        const [code, national] = country
        const [area, rest] = [national.slice(0, 3), national.slice(3)]
        const spaced = [...rest].map((digit, at) => digit + (at < rest.length - 1 && at % 2 === 1 ? signs[at] : '')).join('')
        const typed = `${plus}${code} ${brackets ? `(${area})` : area}${signs[11]}${spaced}`
        assert.equal(normalise('phone', typed), `+${code}${national}`, typed)
        assert.isNotEmpty(byIdentifier(typed.trim()), typed)
      }),
      { numRuns: 300 }
    )
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

const [phone, address, card] = ['+79161234567', 'anna-filtered@shop.ru', '4276990011229012']

test.group('Filters by an identifier', (group) => {
  rolledBack(group)

  test('F25 find the customer in whatever spelling it was typed: {of} {operator} {value}')
    .with([
      { of: 'identifiers', operator: 'equal', value: ['8 (916) 123-45-67'], finds: [phone] },
      { of: 'identifiers', operator: 'equal', value: [' 916 123 45 67'], finds: [phone] },
      { of: 'identifiers', operator: 'equal', value: ['ANNA-filtered@Shop.RU'], finds: [address] },
      { of: 'identifiers', operator: 'equal', value: ['4276 9900-1122 9012'], finds: [card] },
      { of: 'identifiers', operator: 'in', value: ['8 916 123-45-67', 'no address', 'Anna-Filtered@shop.ru'], finds: [phone, address] },
      { of: 'identifiers', operator: 'startsWith', value: ['8 (916) 123'], finds: [phone] },
      { of: 'identifiers', operator: 'startsWith', value: ['+7 916 123'], finds: [phone] },
      { of: 'identifiers', operator: 'startsWith', value: ['ANNA-fil'], finds: [address] },
      { of: 'identifiers', operator: 'startsWith', value: ['4276 9900'], finds: [card] },
      { of: 'identifiers', operator: 'contains', value: ['123-45-67'], finds: [phone] },
      { of: 'identifiers', operator: 'contains', value: ['8 916 123'], finds: [phone] },
      { of: 'identifiers', operator: 'contains', value: ['FILTERED@shop'], finds: [address] },
      { of: 'identifiers', operator: 'equal', value: ['8 916'], finds: [] },
      { of: 'user', operator: 'equal', value: ['8 (916) 123-45-67'], finds: [phone] },
      { of: 'user', operator: 'startsWith', value: ['8 916 123'], finds: [phone] },
      { of: 'user', operator: 'contains', value: ['(916) 123-45'], finds: [phone] },
      { of: 'user', operator: 'notEqual', value: ['8 916 123 45 67'], finds: [address, card] },
      { of: 'user', operator: 'notIn', value: ['8 916 123 45 67', '8 916 123 45 68'], finds: [address, card] },
    ])
    .run(async ({ assert }, { of, operator, value: typed, finds }) => {
      const owners = await Promise.all(([['phone', phone], ['email', address], ['card', card]] as const).map(async ([type, value]) => {
        const user = await aUser()
        await transaction((trx) => claimIdentifier({ userId: user, type, value }, trx))
        return { user, value }
      }))
      const condition = { field: of === 'user' ? 'mainPhone' : 'value', operator, value: typed }
      const found = await foundBy(of === 'user' ? condition : { relation: of, operator: 'exists', where: { logic: 'and', of: [condition] } })
      assert.sameMembers(owners.filter(({ user }) => found.includes(user)).map((one) => one.value), finds)
    })

  test('F29 an address of the stop list is found so, too', async ({ assert }) => {
    await execute(sql`insert into stop_list (type, value) values ('phone', ${phone})`)
    const stopped = await foundBy({ field: 'value', operator: 'equal', value: ['8 916 123-45-67'] }, 'stop_list_entry')
    assert.lengthOf(stopped, 1)
  })

  test('signs alone begin no phone', async ({ assert }) => {
    for (const typed of ['(', '+', '7', '8', '-']) assert.notInclude(spelledAs(['phone'])(typed, 'beginning'), '+7', typed)
  })

  async function foundBy(condition: object, name = 'user') {
    const object = objects.get(name)
    const filter = parseFilter({ logic: 'and', of: [condition] }, object, plain)
    const found = await rows<{ id: number }>(sql`select t.id from ${identifier(object.table)} t where ${compile(filter, object, { timezone: 'UTC' })}`)
    return found.map(({ id }) => id)
  }
})

test.group('Identifiers of a customer', (group) => {
  rolledBack(group)

  test('the last one entered is the only active one, and the older one stays', async ({ assert }) => {
    const user = await aUser()
    await anEmail(user, 'old@example.com')
    await anEmail(user, 'new@example.com')
    assert.deepEqual(await mails(user), { 'old@example.com': false, 'new@example.com': true })
  })

  test('one that is not confirmed waits beside one that is, and replaces it when it is confirmed', async ({ assert }) => {
    const user = await aUser()
    await anEmail(user, 'old@example.com')
    const { id, active } = await claimed(user, 'New@Example.com')
    assert.isFalse(active)
    assert.deepEqual(await mails(user), { 'old@example.com': true, 'new@example.com': false })

    assert.isTrue(await confirmed(id))
    assert.deepEqual(await mails(user), { 'old@example.com': false, 'new@example.com': true })
    assert.isFalse(await confirmed(id))
  })

  test('the first of its type is active at once, and while none is confirmed the last one entered is', async ({ assert }) => {
    const user = await aUser()
    assert.isTrue((await claimed(user, 'first@example.com')).active)
    assert.isTrue((await claimed(user, 'second@example.com')).active)
    assert.deepEqual(await mails(user), { 'first@example.com': false, 'second@example.com': true })
  })

  test('an older one that is confirmed late does not replace a newer confirmed one', async ({ assert }) => {
    const user = await aUser()
    const { id } = await claimed(user, 'older@example.com')
    await claimed(user, 'newer@example.com', true)
    assert.isFalse(await confirmed(id))
    assert.deepEqual(await mails(user), { 'older@example.com': false, 'newer@example.com': true })
  })

  test('one that was replaced and is entered again comes back, and no second row of it is made', async ({ assert }) => {
    const user = await aUser()
    const old = await claimed(user, 'old@example.com', true)
    await claimed(user, 'new@example.com', true)
    const again = await claimed(user, 'OLD@example.com')
    assert.deepInclude(again, { id: old.id, created: false, active: true, confirmed: true })
    assert.deepEqual(await mails(user), { 'old@example.com': true, 'new@example.com': false })
  })

  test('an address of another customer is refused at its field', async ({ assert }) => {
    const owner = await aUser()
    await anEmail(owner, 'one@example.com')
    const other = await aUser()

    for (const refused of [await anEmail(other, 'ONE@example.com').catch((error) => error), await claimed(other, 'one@EXAMPLE.com').catch((error) => error)]) {
      assert.instanceOf(refused, InvalidFields)
      assert.equal(refused.errors.value.code, 'anotherOwner')
    }
    assert.equal(await transaction((trx) => ownerOf('email', ' One@Example.com', trx)), owner)
    assert.isNull(await ownerOf('email', 'two@example.com'))
  })

  test('one that only waits gives way to the next customer who enters it, and opens nothing to who waited', async ({ assert }) => {
    const [stranger, owner] = [await aUser(), await aUser()]
    await anEmail(stranger, 'stranger@example.com')
    const waiting = await claimed(stranger, 'one@example.com')
    assert.isTrue((await claimed(owner, 'one@example.com')).active)
    assert.equal(await ownerOf('email', 'one@example.com'), owner)
    assert.isFalse(await confirmed(waiting.id))
    assert.deepEqual(await mails(stranger), { 'stranger@example.com': true, 'one@example.com': false })
    for (const name of ['confirmed', 'active']) {
      const refused = await changed(waiting.id, { [name]: true }).catch((error) => error)
      assert.equal(refused.errors?.[name]?.code, 'anotherOwner')
    }
    const told = await row<{ action: string }>(sql`select action from audit_log where object = 'identifier' and record_id = ${waiting.id} order by id desc limit 1`)
    assert.equal(told!.action, 'giveUp')
  })

  test('one that waits no longer gives way to nobody: {$self}')
    .with(['active', 'confirmed'])
    .run(async ({ assert }, which) => {
      const [owner, other] = [await aUser(), await aUser()]
      await claimed(owner, 'one@example.com', which === 'confirmed')
      if (which === 'confirmed') await claimed(owner, 'two@example.com', true)
      const refused = await claimed(other, 'one@example.com').catch((error) => error)
      assert.equal(refused.errors?.value.code, 'anotherOwner')
    })

  test('one that was replaced is still known to be its owner’s, and not active', async ({ assert }) => {
    const user = await aUser()
    await claimed(user, 'old@example.com', true)
    await claimed(user, 'new@example.com', true)
    assert.deepInclude(await identifierOf('email', 'old@example.com'), { userId: user, active: false })
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

  test('the last active one cannot be switched off, another one can', async ({ assert }) => {
    const user = await aUser()
    const mail = await anEmail(user)
    const refused = await changed(mail, { active: false }).catch((error) => error)
    assert.equal(refused.errors?.active.code, 'lastActive')

    await a('identifier', { user, type: 'phone', value: '+79161234567', confirmed: true })
    await changed(mail, { active: false })
    assert.deepEqual(Object.values(await mails(user)), [false])
  })

  test('by hand an older confirmed one is made active, one that is not confirmed is not', async ({ assert }) => {
    const user = await aUser()
    const old = await anEmail(user, 'old@example.com')
    await anEmail(user, 'new@example.com')
    await changed(old, { active: true })
    assert.deepEqual(await mails(user), { 'old@example.com': true, 'new@example.com': false })

    const { id } = await claimed(user, 'waiting@example.com')
    const refused = await changed(id, { active: true }).catch((error) => error)
    assert.equal(refused.errors?.active.code, 'unconfirmedBeside')
    await changed(id, { confirmed: true })
    assert.deepEqual(await mails(user), { 'old@example.com': false, 'new@example.com': false, 'waiting@example.com': true })
  })

  test('a file follows the same rules, and does not bring back what the customer replaced', async ({ assert }) => {
    const fields = columns('externalId', 'email', 'emailConfirmed')
    const file = (mail: string, yes: number) => imported('user', `externalId,email,emailConfirmed\nf-1,${mail},${yes}\n`, { fields })
    await file('old@example.com', 1)
    const user = (await ownerOf('email', 'old@example.com'))!
    await file('waiting@example.com', 0)
    assert.deepEqual(await mails(user), { 'old@example.com': true, 'waiting@example.com': false })
    await file('waiting@example.com', 1)
    assert.deepEqual(await mails(user), { 'old@example.com': false, 'waiting@example.com': true })
    await file('old@example.com', 1)
    assert.deepEqual(await mails(user), { 'old@example.com': false, 'waiting@example.com': true })
    await file('newest@example.com', 1)
    assert.deepEqual(await mails(user), { 'old@example.com': false, 'waiting@example.com': false, 'newest@example.com': true })
  })

  test('an address that became another’s while a file was read is written for its owner alone: {$self}')
    .with(['new to the line', 'waiting at the line'])
    .run(async ({ assert }, which) => {
      const [owner, other] = [await aUser(), await aUser()]
      await anEmail(owner, 'one@example.com', false)
      if (which === 'waiting at the line') {
        await execute(sql`insert into user_identifiers (user_id, type, value, active) values (${other}, 'email', 'one@example.com', false)`)
      }
      await transaction((trx) =>
        keepBrought('email', sql`select u as user_id, 'one@example.com' as value, true as confirmed from unnest(${[other, owner]}::bigint[]) u`, nobody, trx)
      )
      const written = sql`select user_id as id from user_identifiers where value = 'one@example.com' and (active or confirmed)`
      assert.deepEqual(await rows(sql`${written} and confirmed`), [{ id: owner }])
      assert.deepEqual(await rows(written), [{ id: owner }])
    })

  test('F19 history of an identifier tells what the rule did with those beside it', async ({ assert }) => {
    const user = await aUser()
    const old = await anEmail(user, 'old@example.com')
    const { id } = await claimed(user, 'new@example.com')
    await confirmed(id)
    assert.deepEqual(await history(old), { before: { active: true }, after: { active: false } })
    assert.deepEqual(await history(id), { before: { active: false, confirmed: false }, after: { active: true, confirmed: true } })
  })

  test('F20 the card shows the active ones, and by a press those that were replaced', async ({ assert }) => {
    const user = await aUser()
    await anEmail(user, 'old@example.com')
    await anEmail(user, 'new@example.com')
    const visitor = new Visitor()
    await visitor.signIn((await aMemberOfStaff({ role: 'administrator' })).email)
    const detail = async (words = '') => (await visitor.get(`/users/${user}/details/identifiers${words}`, { 'hx-request': 'true' })).words
    const opened = await detail()
    assert.include(opened, 'new@example.com')
    assert.notInclude(opened, 'old@example.com')
    assert.include(opened, 'filter=all')
    const all = await detail('?filter=all')
    for (const value of ['new@example.com', 'old@example.com']) assert.include(all, value)
  })

  test('phones without a code are of the company’s own country', async ({ assert }) => {
    await execute(sql`insert into settings (phone_region) values ('DE') on conflict (id) do update set phone_region = 'DE'`)
    outdateSettings()
    await refreshSettings()
    assert.equal(normalise('phone', '030 901820'), '+4930901820')
  }).teardown(async () => {
    outdateSettings()
    await refreshSettings()
  })
})

test.group('Identifiers entered at once', (group) => {
  group.each.teardown(async () => {
    await execute(sql`delete from user_identifiers where user_id in (select id from users where external_id = 'at-once')`)
    await execute(sql`delete from identifier_owners where value like 'at-once-%'`)
    await execute(sql`delete from users where external_id = 'at-once'`)
  })

  test('ten at the same time leave one active', async ({ assert }) => {
    const user = await aUser({ externalId: 'at-once', personalDataAgree: false, communicationAgree: false })
    await Promise.all(Array.from({ length: 10 }, (_, number) => claimed(user, `at-once-${number}@example.com`, true)))
    const active = Object.values(await mails(user)).filter(Boolean)
    assert.lengthOf(active, 1)
  })
})

const claimed = (userId: number, value: string, yes = false) =>
  transaction((trx) => claimIdentifier({ userId, type: 'email', value, confirmed: yes }, trx))
const confirmed = (id: number) => transaction((trx) => confirmIdentifier(id, trx))
const changed = (id: number, values: Values) => transaction((trx) => edit(objects.get('identifier'), id, values, nobody, trx))

async function mails(user: number) {
  const found = await rows<{ value: string; active: boolean }>(
    sql`select value, active from user_identifiers where user_id = ${user} and type = 'email' order by id`
  )
  return Object.fromEntries(found.map(({ value, active }) => [value, active]))
}

async function history(id: number) {
  const found = await row<{ changes: unknown }>(
    sql`select changes from audit_log where object = 'identifier' and record_id = ${id} order by id desc limit 1`
  )
  return found!.changes
}
