import { test } from '@japa/runner'
import { createHash } from 'node:crypto'
import hash from '@adonisjs/core/services/hash'
import { recordConsent } from '#app/users'
import { execute, row, rows, sql, transaction } from '#core/database'
import { tellChanges } from '#core/history'
import { aUser } from '#tests/support/people'
import { rolledBack } from '#tests/support/rolled_back'
import { columns, figures, imported, reader } from '../core/imports/imported.js'
import { keepImportedConsents } from '../../app/users/consents/keep_consents.js'

const people = columns('externalId', 'surname')

test.group('Customers from a file', (group) => {
  rolledBack(group)

  test('a file that only adds an address to somebody counts them as updated', async ({ assert }) => {
    await imported('user', 'externalId,surname\ni-1,Ivanova\ni-2,Petrov\n', { fields: people })
    const mails = 'externalId,surname,email\ni-1,Ivanova,anna@example.com\ni-2,Petrov,\n'
    const fields = columns('externalId', 'surname', 'email')

    assert.deepEqual(figures(await imported('user', mails, { fields })), { lines: 2, created: 0, updated: 1, unchanged: 1, rejected: 0 })
    assert.deepEqual(figures(await imported('user', mails, { fields })), { lines: 2, created: 0, updated: 0, unchanged: 2, rejected: 0 })
  })

  test('F19 what a file changes stands in the history with what was before, and nothing of what it leaves', async ({ assert }) => {
    await imported('user', 'externalId,surname,givenName,birthDate\nh-1,Ivanova,Anna,1990-01-02\nh-2,Petrov,Petr,\n', {
      fields: columns('externalId', 'surname', 'givenName', 'birthDate'),
    })
    const fields = { ...columns('externalId', 'surname', 'givenName', 'birthDate'), gender: { column: 'gender', by: 'code' } }
    const changes = 'externalId,surname,givenName,birthDate,gender\nh-1,Sidorova,Anna,1990-01-03,female\nh-2,Petrov,Petr,,\n'
    const { id } = await imported('user', changes, { fields })
    const told = await rows<{ record: number; changes: any; trace: string }>(
      sql`select record_id as record, changes, trace from audit_log where object = 'user' and action = 'edit'`
    )
    const one = (await row<{ id: number }>(sql`select id from users where external_id = 'h-1'`))!.id
    assert.lengthOf(told, 1)
    assert.deepInclude(told[0], { record: one, trace: `import ${id}` })
    assert.deepEqual(told[0].changes.before, { surname: 'Ivanova', birthDate: '1990-01-02', gender: null })
    assert.deepInclude(told[0].changes.after, { surname: 'Sidorova', birthDate: '1990-01-03' })
    assert.property(told[0].changes.after.gender, 'title')
    const words = await tellChanges('user', one, told[0].changes, { ...reader, knows: () => true })
    assert.deepInclude(words.find(({ name }) => name === 'surname'), { before: 'Ivanova', after: 'Sidorova' })
  })

  test('a birthday of nobody who lives is refused at its line', async ({ assert }) => {
    const file = 'externalId,birthDate\nb-1,2999-01-01\nb-2,0001-01-01\nb-3,1990-05-17\nb-4,\n'
    assert.deepEqual(figures(await imported('user', file, { fields: columns('externalId', 'birthDate') })), { lines: 4, created: 2, updated: 0, unchanged: 0, rejected: 2 })
  })

  test('and so does one that only confirms it', async ({ assert }) => {
    const fields = columns('externalId', 'email', 'emailConfirmed')
    await imported('user', 'externalId,email,emailConfirmed\ni-1,anna@example.com,0\n', { fields })
    const confirmed = 'externalId,email,emailConfirmed\ni-1,anna@example.com,1\n'

    assert.equal((await imported('user', confirmed, { fields })).updated, 1)
    assert.equal((await imported('user', confirmed, { fields })).unchanged, 1)
    assert.deepEqual(await rows(sql`select confirmed from user_identifiers where value = 'anna@example.com'`), [{ confirmed: true }])
  })

  test('M-10 of who took the consent to processing back a file brings nothing, and says so at its line', async ({ assert }) => {
    const fields = columns('externalId', 'surname')
    await imported('user', 'externalId,surname\nt-1,Kim\nt-2,Lee\n', { fields })
    const left = (await row<{ id: number }>(sql`select id from users where external_id = 't-1'`))!.id
    for (const value of [true, false]) await recordConsent({ userId: left, kind: 'personal_data', value }, { source: 'api' })

    const again = await imported('user', 'externalId,surname\nt-1,Smith\nt-2,Smith\n', { fields })
    assert.deepEqual(figures(again), { lines: 2, created: 0, updated: 1, unchanged: 0, rejected: 1 })
    assert.deepEqual(await rows(sql`select line, reasons from import_rejects where import_id = ${again.id}`), [{ line: 2, reasons: [{ field: 'id', code: 'withdrew' }] }])
    assert.equal((await row<{ surname: string }>(sql`select surname from users where id = ${left}`))!.surname, 'Kim')
  })

  test('M-10 a file gives no consent that the customer took back, and says so at its line', async ({ assert }) => {
    const fields = columns('externalId', 'communicationAgree')
    const file = 'externalId,communicationAgree\nw-1,1\nw-2,1\nw-3,0\n'
    await imported('user', file, { fields })
    const [left, stays, silent] = await Promise.all(['w-1', 'w-2', 'w-3'].map(async (external) =>
      (await row<{ id: number }>(sql`select id from users where external_id = ${external}`))!.id))
    const words = async (id: number) =>
      (await rows<{ value: boolean; source: string }>(sql`select value, source from consent_log where user_id = ${id} order by id`)).map(({ value, source }) => `${source} ${value}`)
    await recordConsent({ userId: left, kind: 'communication', value: false }, { source: 'api' })

    const again = await imported('user', file.replace('w-3,0', 'w-3,1'), { fields })
    assert.deepEqual(figures(again), { lines: 3, created: 0, updated: 1, unchanged: 1, rejected: 1 })
    assert.deepEqual(await rows(sql`select line, reasons from import_rejects where import_id = ${again.id}`), [
      { line: 2, reasons: [{ field: 'communicationAgree', code: 'consentWithdrawn' }] },
    ])
    assert.deepEqual([await words(left), await words(stays), await words(silent)], [['import true', 'api false'], ['import true'], ['import true']])

    await recordConsent({ userId: left, kind: 'communication', value: true }, { source: 'api' })
    assert.equal((await imported('user', file, { fields })).rejected, 0)
  })

  test('M-10 a consent that is taken back while a batch is written stays taken back', async ({ assert }) => {
    const user = await aUser()
    await recordConsent({ userId: user, kind: 'communication', value: false }, { source: 'one_click' })
    await execute(sql`update users set communication_agree = true where id = ${user}`)
    await transaction((trx) => keepImportedConsents(sql`(select ${user}::bigint as id)`, ['communicationAgree'], { staffId: null }, trx))
    assert.deepEqual(await row(sql`select communication_agree as agree from users where id = ${user}`), { agree: false })
    assert.deepEqual(await rows(sql`select id from consent_log where user_id = ${user} and source = 'import'`), [])
  })

  test('S-05 a SHA-256 of a password is kept wrapped, and replaces no password that lives', async ({ assert }) => {
    const fields = columns('externalId', 'email', 'passwordHash')
    const sha256 = createHash('sha256').update('old password').digest('hex')
    const file = `externalId,email,passwordHash\np-1,anna@example.com,${sha256}\np-2,boris@example.com,short\n`
    assert.deepEqual(figures(await imported('user', file, { fields })), { lines: 2, created: 1, updated: 0, unchanged: 0, rejected: 1 })
    const kept = await row<{ hash: string; wraps: boolean; id: number }>(sql`select user_id as id, hash, wraps_sha256 as wraps from user_passwords`)
    assert.isTrue(kept!.wraps)
    assert.isTrue(await hash.verify(kept!.hash, sha256))
    const again = `externalId,passwordHash\np-1,${'0'.repeat(64)}\n`
    assert.equal((await imported('user', again, { fields: columns('externalId', 'passwordHash') })).unchanged, 1)
    assert.deepEqual(await rows(sql`select hash from user_passwords`), [{ hash: kept!.hash }])
  })

  test('a value of a reference book is found by its code and by its name in either language', async ({ assert }) => {
    const by = (way: string) => ({ externalId: { column: 'externalId' }, registrationSource: { column: 'source', by: way } })
    await imported('user', 'externalId,source\ns-1,site\n', { fields: by('code') })
    await imported('user', 'externalId,source\ns-2,Сайт\ns-3,Website\n', { fields: by('title') })

    const found = await row<{ count: number }>(
      sql`select count(*) as count from users u join sources s on s.id = u.registration_source_id
        where s.code = 'site' and u.external_id in ('s-1', 's-2', 's-3')`
    )
    assert.equal(found!.count, 3)
  })

  test('a source that the book does not know is told at its line', async ({ assert }) => {
    const fields = { externalId: { column: 'externalId' }, registrationSource: { column: 'source', by: 'code' } }
    const done = await imported('user', 'externalId,source\ns-1,nowhere\ns-2,app\n', { fields })
    assert.deepEqual(figures(done), { lines: 2, created: 1, updated: 0, unchanged: 0, rejected: 1 })
  })
})
