import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { removeLabels, setLabels } from '#app/users'
import { findBulk } from '#core/bulk'
import { execute, row, rows, sql, transaction } from '#core/database'
import { compile, type FilterNode } from '#core/filters'
import { edit, find, objects, plain, remove, type Values } from '#core/objects'
import { a, aUser, nobody } from '#tests/support/people'
import { refused } from '#tests/support/refused'
import { rolledBack } from '#tests/support/rolled_back'
import { workOff } from '#tests/support/shop'
import { aMemberOfStaff } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'
import { columns, figures, imported } from '../core/imports/imported.js'

const set = (user: number, ...labels: string[]) => transaction((trx) => setLabels(user, labels, { source: 'site' }, trx))
const unset = (user: number, ...labels: string[]) => transaction((trx) => removeLabels(user, labels, { source: 'site' }, trx))

test.group('Labels of customers', (group) => {
  rolledBack(group)

  test('are set once, a new one is made, and each setting is told once', async ({ assert }) => {
    const user = await aUser()
    assert.equal(await set(user, 'VIP', ' likes offers ', 'VIP'), 2)
    assert.equal(await set(user, 'VIP'), 0)
    assert.deepEqual(await labelsOf(user), ['VIP', 'likes offers'])
    assert.deepEqual(await told(user), { 'user.labelled': 2 })
    assert.equal(await unset(user, 'VIP', 'never heard of'), 1)
    assert.deepEqual(await labelsOf(user), ['likes offers'])
    assert.deepEqual(await told(user), { 'user.labelled': 2, 'user.unlabelled': 1 })
  })

  test('are one by their code and by their name in either language', async ({ assert }) => {
    const user = await aUser()
    await a('label', { code: 'vip', nameRu: 'Важный', nameEn: 'Important', position: 1, active: true })
    assert.equal(await set(user, 'Важный', 'vip', 'Important'), 1)
    assert.deepEqual(await labelsOf(user), ['vip'])
  })

  test('are one however their letters are written, from the interface and from a file', async ({ assert }) => {
    const user = await aUser({ externalId: 'cased' })
    assert.equal(await set(user, 'Любит акции', 'ЛЮБИТ АКЦИИ'), 1)
    assert.equal(await set(user, 'любит акции'), 0)
    const file = 'externalId,labels\ncased,ЛЮБИТ акции; vip\n'
    assert.deepInclude(figures(await imported('user', file, { fields: columns('externalId', 'labels') })), { updated: 1 })
    assert.deepInclude(figures(await imported('user', 'externalId,labels\ncased,любит Акции; VIP\n', { fields: columns('externalId', 'labels') })), { unchanged: 1 })
    assert.sameMembers(await labelsOf(user), ['Любит акции', 'vip'])
    assert.equal(await unset(user, 'ЛЮБИТ АКЦИИ'), 1)
  })

  test('one in the book is called as no other, by code or by name, whatever its letters and spaces', async ({ assert }) => {
    const label = (values: Values) => a('label', { position: 1, active: true, ...values })
    const vip = await label({ code: 'VIP', nameRu: 'Важный  клиент', nameEn: 'Important' })
    for (const field of ['code', 'nameRu', 'nameEn']) {
      for (const said of ['vip', ' важный клиент ', 'IMPORTANT']) {
        assert.deepEqual(await refused(label({ code: 'other', nameRu: 'Другая', [field]: said })), [`${field}: labelTaken`])
      }
    }
    await transaction((trx) => edit(objects.get('label'), vip, { nameEn: 'vip' }, nobody, trx))
    const user = await aUser()
    assert.equal(await set(user, 'vIp', 'ВАЖНЫЙ   клиент'), 1)
    assert.deepEqual(await labelsOf(user), ['VIP'])
    await assert.rejects(() => execute(sql`insert into labels (code, name_ru, position) values ('vip', 'x', 1)`), /labels_code_in_any_case/)
  })

  test('are put on and taken off many customers at once, chosen by a filter, and counted at each label', async ({ assert }) => {
    const label = await a('label', { code: 'spring', nameRu: 'Весна', nameEn: 'Spring', position: 1, active: true })
    const [one, two, other] = [await aUser({ surname: 'Labelled' }), await aUser({ surname: 'Labelled' }), await aUser({ surname: 'Left' })]
    await a('user_label', { user: one, label })
    const visitor = new Visitor()
    await visitor.signIn((await aMemberOfStaff({ role: 'administrator' })).email)
    await visitor.get('/users')
    const filter = JSON.stringify({ logic: 'and', of: [{ field: 'surname', operator: 'equal', value: ['Labelled'] }] })
    const work = async (action: string, value: string) => {
      const { status, headers, words } = await visitor.post('/bulk/users', { action, all: '1', filter, value })
      await workOff('bulk.work')
      return { status, words, id: Number(/\d+$/.exec(headers.get('location') ?? '')?.[0]) }
    }
    assert.include((await visitor.get(`/bulk/users/create?${new URLSearchParams({ action: 'label', all: '1', filter })}`)).words, 'Spring')
    assert.equal((await work('label', '')).status, 422)
    assert.deepInclude(await findBulk((await work('label', '999999')).id), { done: 0, skipped: 2 })

    assert.deepInclude(await findBulk((await work('label', String(label))).id), { state: 'done', done: 1, same: 1, skipped: 0 })
    assert.deepEqual([await labelsOf(one), await labelsOf(two), await labelsOf(other)], [['spring'], ['spring'], []])
    assert.deepEqual(await told(two), { 'user.labelled': 1 })
    assert.deepInclude(await find(objects.get('label'), label, plain, ['customers']), { customers: 2 })
    const { words } = (await row<{ words: string }>(sql`select words from bulk_runs order by id desc limit 1`))!
    assert.include(words, 'Set a label “Spring”')

    assert.deepInclude(await findBulk((await work('unlabel', String(label))).id), { done: 2 })
    assert.deepEqual([await labelsOf(one), await labelsOf(two)], [[], []])
  })

  test('of many customers are put on and taken off by the statements of one, and of nobody who is gone', async ({ assert }) => {
    const label = await a('label', { code: 'spring', nameRu: 'Весна', position: 1, active: true })
    const work = async (name: string, ids: number[]) => {
      const asked: string[] = []
      const listen = ({ sql: text }: { sql: string }) => asked.push(text)
      db.connection().getWriteClient().on('query', listen)
      const { run } = objects.get('user').bulk!.find((action) => action.name === name)!
      const done = await transaction((trx) => run(ids, { actor: nobody, reader: plain, trx, value: label }))
      db.connection().getWriteClient().off('query', listen)
      return { done: done.sort((one, other) => one - other), statements: asked.length }
    }
    const [alone, gone, ...many] = [await aUser(), await aUser(), await aUser(), await aUser(), await aUser()]
    await transaction((trx) => remove(objects.get('user'), gone, nobody, trx))
    for (const name of ['label', 'unlabel']) {
      const { statements } = await work(name, [alone])
      assert.deepEqual(await work(name, [...many, alone, gone]), { done: many, statements })
    }
    assert.deepEqual(await told(many[0]), { 'user.labelled': 1, 'user.unlabelled': 1 })
  })

  test('are set and taken off by hand', async ({ assert }) => {
    const user = await aUser()
    const label = await a('label', { code: 'vip', nameRu: 'Важный', position: 1, active: true })
    const id = await a('user_label', { user, label })
    assert.deepEqual(await told(user), { 'user.labelled': 1 })
    await transaction((trx) => remove(objects.get('user_label'), id, nobody, trx))
    assert.deepEqual(await labelsOf(user), [])
    assert.deepEqual(await told(user), { 'user.labelled': 1, 'user.unlabelled': 1 })
  })

  test('stand in the log of administrators, set or taken off', async ({ assert }) => {
    const user = await aUser()
    await set(user, 'VIP')
    await unset(user, 'VIP')
    await execute(sql`insert into audit_log (action, object, record_id, changes) values ('create', 'user_label', 1, '{"before":null,"after":{"user":1}}')`)
    const visitor = new Visitor()
    await visitor.signIn((await aMemberOfStaff({ role: 'administrator' })).email)
    assert.equal((await visitor.get('/audit')).status, 200)
    const logged = await rows<{ id: number; changes: object }>(sql`select id, changes from audit_log where object = 'user_label' order by id`)
    for (const { id } of logged) assert.equal((await visitor.get(`/audit/${id}`)).status, 200)
    assert.deepEqual(logged.map(({ changes }) => Object.keys(changes)).slice(0, 2), [['after'], ['before']])
  })

  test('come with a file, several in a cell, and a row that says nothing new is unchanged', async ({ assert }) => {
    const fields = columns('externalId', 'labels')
    const file = 'externalId,labels\nl-1,VIP; likes offers\nl-2,\nl-3,VIP\n'
    assert.deepEqual(figures(await imported('user', file, { fields })), { lines: 3, created: 3, updated: 0, unchanged: 0, rejected: 0 })
    assert.deepEqual(figures(await imported('user', file, { fields })), { lines: 3, created: 0, updated: 0, unchanged: 3, rejected: 0 })
    const found = await row<{ id: number }>(sql`select id from users where external_id = 'l-1'`)
    assert.deepEqual(await labelsOf(found!.id), ['VIP', 'likes offers'])
    assert.equal((await imported('user', 'externalId,labels\nl-2,VIP\n', { fields })).updated, 1)
  })

  test('are asked about by filters: has one, has none', async ({ assert }) => {
    const [labelled, bare] = [await aUser(), await aUser()]
    await set(labelled, 'VIP')
    const label = (await row<{ id: number }>(sql`select id from labels where code = 'VIP'`))!.id
    const has = { field: 'label', operator: 'equal', value: [String(label)] }
    assert.deepEqual(await met({ relation: 'labels', operator: 'exists', where: { logic: 'and', of: [has] } }, [labelled, bare]), [labelled])
    assert.deepEqual(await met({ relation: 'labels', operator: 'none' }, [labelled, bare]), [bare])
  })
})

async function met(node: FilterNode, among: number[]) {
  const where = compile({ logic: 'and', of: [node] }, objects.get('user'), { timezone: 'UTC' })
  const found = await rows<{ id: number }>(sql`select t.id from users t where t.id = any(${among}) and ${where} order by t.id`)
  return found.map(({ id }) => id)
}

async function labelsOf(user: number) {
  const found = await rows<{ code: string }>(
    sql`select l.code from user_labels u join labels l on l.id = u.label_id where u.user_id = ${user} order by l.code`
  )
  return found.map(({ code }) => code)
}

async function told(user: number) {
  const found = await rows<{ signal: string; count: number }>(
    sql`select signal, count(*) as count from user_events where user_id = ${user} and signal like 'user.%label%' group by signal order by signal`
  )
  return Object.fromEntries(found.map(({ signal, count }) => [signal, count]))
}
