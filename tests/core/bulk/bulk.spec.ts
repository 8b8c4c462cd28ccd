import { setTimeout as pause } from 'node:timers/promises'
import { test } from '@japa/runner'
import { parse } from 'csv-parse/sync'
import { execute, row, rows, sql, transaction } from '#core/database'
import { bulkJob, findBulk, requestBulk, type Selection } from '#core/bulk'
import { everything } from '#core/filters'
import { cancelRun, prepareQueues, runNow } from '#core/jobs'
import { objects } from '#core/objects'
import { emptied } from '#tests/support/emptied'
import { a, aUser, anEmail, idOf, nobody } from '#tests/support/people'
import { aRole } from '#tests/support/roles'
import { aMemberOfStaff } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'
import { working } from '#tests/support/working'

async function someone(role = 'marketer') {
  const staff = await aMemberOfStaff({ role, locale: 'en' })
  const visitor = new Visitor()
  await visitor.signIn(staff.email)
  await visitor.get('/users')
  return { staff, visitor }
}

const ticked = (ids: number[]) => Object.fromEntries(ids.map((id, index) => [`ids[${index}]`, String(id)]))

/** Presses the button and waits for the end. */
async function done(visitor: Visitor, path: string, form: Record<string, string>) {
  const answer = await visitor.post(`/bulk/${path}`, form)
  const id = Number(/\/bulk-runs\/(\d+)/.exec(answer.headers.get('location') ?? '')?.[1])
  if (!id) return { status: answer.status, words: answer.words, bulk: undefined, id: 0 }
  for (;;) {
    const bulk = (await findBulk(id))!
    if (!['waiting', 'running'].includes(bulk.state)) return { status: answer.status, words: answer.words, bulk, id }
    await pause(50)
  }
}

const users = () => rows<{ id: number; surname: string; is_test: boolean }>(sql`select id, surname, is_test from users order by id`)

test.group('Many rows at once', (group) => {
  emptied(group)
  working(group)
  group.setup(prepareQueues)
  group.each.setup(async () => {
    await execute(sql`truncate users, user_identifiers, identifier_owners, stop_list, goods, categories, bulk_runs, exports cascade`)
  })

  test('a field of the ticked rows is changed, each with its own row in the audit log', async ({ assert }) => {
    const { visitor, staff } = await someone()
    const ids = [await aUser(), await aUser({ isTest: true }), await aUser()]
    await aUser()
    const { bulk, id } = await done(visitor, 'users', { action: 'edit', field: 'isTest', value: '1', ...ticked(ids) })
    assert.include(bulk!, { state: 'done', total: 3, done: 2, same: 1, skipped: 0 })
    assert.deepEqual((await users()).map((user) => user.is_test), [true, true, true, false])
    const told = await rows<{ record_id: number; staff_id: number }>(
      sql`select record_id, staff_id from audit_log where trace = ${`bulk ${id}`} and action = 'edit' order by record_id`
    )
    assert.deepEqual(told, [{ record_id: ids[0], staff_id: staff.id }, { record_id: ids[2], staff_id: staff.id }])
  })

  test('the log of jobs tells of whom nothing that the page of the run tells', async ({ assert }) => {
    const { visitor } = await someone()
    await aUser({ surname: 'Ёлкина' })
    const filter = JSON.stringify({ logic: 'and', of: [{ field: 'surname', operator: 'equal', value: ['Ёлкина'] }] })
    const { bulk } = await done(visitor, 'users', { action: 'edit', field: 'isTest', value: '1', all: '1', filter })
    assert.include(bulk!.words, 'Ёлкина')
    const run = await row<{ title: string }>(sql`select title from job_runs where id = ${bulk!.runId}`)
    assert.equal(run!.title, 'Customers. Change a field')
  })

  test('all that match are meant on every page, and none that match not', async ({ assert }) => {
    const { visitor } = await someone()
    for (let index = 0; index < 130; index++) await aUser({ surname: index % 10 ? 'Ёлкина' : 'Петров' })
    const filter = JSON.stringify({ logic: 'and', of: [{ field: 'surname', operator: 'equal', value: ['Ёлкина'] }] })
    const { bulk } = await done(visitor, 'users', { action: 'edit', field: 'surname', value: 'Палкина', all: '1', filter, ids: '1' })
    assert.include(bulk!, { state: 'done', total: 117, done: 117 })
    assert.lengthOf((await users()).filter(({ surname }) => surname === 'Палкина'), 117)
    assert.lengthOf((await users()).filter(({ surname }) => surname === 'Петров'), 13)
  })

  test('before it starts it says how many, and how the first are called', async ({ assert }) => {
    const { visitor } = await someone()
    const ids = [await aUser({ surname: 'Яшин' }), await aUser({ surname: 'Ёлкина' })]
    const page = await visitor.get(`/bulk/users/create?action=edit&field=birthDate&ids=${ids[0]}&ids=${ids[1]}`)
    assert.match(page.words, /<b class="numbers">2<\/b>/)
    assert.include(page.words, 'Яшин')
    assert.include(page.words, 'type="date"')
    assert.notInclude(page.words, 'value="id"')
    assert.notInclude(page.words, 'value="createdAt"')
  })

  test('whoever changes very many rows types their number first', async ({ assert }) => {
    const { visitor } = await someone()
    await execute(sql`insert into goods (code, name) select n, 'Туфли' from generate_series(1, 10000) n`)
    const press = (count: string) => visitor.post('/bulk/goods', { action: 'delete', all: '1', count })
    for (const wrong of ['', '9999', 'all']) assert.equal((await press(wrong)).status, 422)
    const started = await press('10 000')
    assert.equal(started.status, 303)
    await cancelRun((await row<{ id: number }>(sql`select run_id as id from bulk_runs order by id desc limit 1`))!.id)
  })

  test('rows that a rule refuses are skipped and told, the others are done', async ({ assert }) => {
    const { visitor } = await someone()
    const parent = await a('category', { name: 'Обувь', code: 'shoes' })
    const empty = await a('category', { name: 'Шляпы', code: 'hats' })
    await a('good', { name: '=Туфли', code: 'g1', category: parent })
    const { bulk, id } = await done(visitor, 'categories', { action: 'delete', ...ticked([parent, empty]) })
    assert.include(bulk!, { state: 'done', total: 2, done: 1, skipped: 1 })
    const left = await rows<{ name: string }>(sql`select name from categories where deleted_at is null`)
    assert.deepEqual(left.map(({ name }) => name), ['Обувь'])

    const file = await visitor.get(`/bulk-runs/${id}/skipped`)
    const [, line] = parse(file.words, { bom: true }) as string[][]
    assert.deepEqual(line.slice(0, 2), [String(parent), 'Обувь'])
    assert.include(line[2].toLowerCase(), 'goods')
    assert.include((await visitor.get(`/bulk-runs/${id}`)).words, `/bulk-runs/${id}/skipped`)
  })

  test('a value that is wrong comes back with its error', async ({ assert }) => {
    const { visitor } = await someone()
    const id = await aUser()
    const refused = await done(visitor, 'users', { action: 'edit', field: 'birthDate', value: '31.02.2020', ...ticked([id]) })
    assert.equal(refused.status, 422)
    assert.include(refused.words, 'aria-invalid="true"')
    assert.equal((await done(visitor, 'users', { action: 'edit', field: '', ...ticked([id]) })).status, 422)
    assert.equal((await done(visitor, 'users', { action: 'edit', field: 'isTest', value: '1' })).status, 422)
  })

  test('what may not be written is not offered: fixed, read-only, hidden', async ({ assert }) => {
    const { visitor } = await someone()
    const user = await aUser()
    const identifier = await anEmail(user)
    for (const field of ['value', 'type', 'id', 'createdAt', '__proto__', 'nope']) {
      const refused = await done(visitor, 'identifiers', { action: 'edit', field, value: '1', ...ticked([identifier]) })
      assert.equal(refused.status, 422, field)
    }
  })

  test('each action needs its right, also while it goes on', async ({ assert }) => {
    const { visitor: viewer } = await someone('viewer')
    const id = await aUser()
    assert.notInclude((await viewer.get('/users')).words, 'data-pick')
    assert.equal((await viewer.get(`/bulk/users/create?action=edit&ids=${id}`)).status, 403)
    assert.equal((await viewer.post('/bulk/users', { action: 'edit', field: 'isTest', value: '1', ...ticked([id]) })).status, 403)
    assert.equal((await viewer.post('/bulk/users', { action: 'nope', ...ticked([id]) })).status, 404)

    const staff = await aMemberOfStaff({ role: 'viewer' })
    const bulkId = await requestBulk(
      objects.get('user'),
      { action: 'edit', change: { field: 'isTest', value: true }, selection: { ids: [id], filter: everything, search: '' }, title: 'x', words: 'x' },
      { staffId: staff.id }
    )
    while (['waiting', 'running'].includes((await findBulk(bulkId))!.state)) await pause(50)
    assert.include((await findBulk(bulkId))!, { state: 'failed', done: 0 })
    assert.isFalse((await users())[0].is_test)
  })

  test('a frozen run ends where its person may not know by what it was found, or may not do it any more', async ({ assert }) => {
    const staff = await aMemberOfStaff({ role: await aRole('bulk_clerk', { user: ['read', 'edit'] }) })
    const ids: number[] = []
    for (let index = 0; index < 250; index++) ids.push(await aUser({ surname: 'Ёлкина' }))
    const filter = { logic: 'and' as const, of: [{ field: 'surname', operator: 'equal', value: ['Ёлкина'] }] }
    const run = async (selection: Selection, title: string) => {
      const made = await row<{ id: number }>(
        sql`insert into bulk_runs (staff_id, object, action, change, selection, words)
          values (${staff.id}, 'user', 'edit', '{"field":"isTest","value":true}', ${JSON.stringify(selection)}::jsonb, 'x') returning id`
      )
      await runNow(bulkJob, { bulkId: made!.id }, { actor: nobody, title })
      return (await findBulk(made!.id))!
    }
    assert.include(await run({ filter, search: '' }, 'filter'), { state: 'failed', done: 0, frozenAt: null })
    assert.include(await run({ filter: everything, search: 'ёлкина' }, 'search'), { state: 'failed', done: 0 })

    /** The second batch waits for a row that somebody holds, and meanwhile the person leaves: it ends, and no third begins. */
    let running: ReturnType<typeof run>
    await transaction(async (trx) => {
      await row(sql`select from users where id = ${ids[150]} for update`, trx)
      running = run({ ids, filter: everything, search: '' }, 'leaves')
      while (!(await rows(sql`select from bulk_runs where reached = ${ids[99]}`)).length) await pause(50)
      await execute(sql`update staff set active = false where id = ${staff.id}`)
    })
    assert.include(await running!, { state: 'failed', total: 250, done: 200 })
  })

  test('others neither see a run nor learn what it skipped', async ({ assert }) => {
    const { visitor } = await someone()
    const { visitor: other } = await someone()
    const { id } = await done(visitor, 'users', { action: 'edit', field: 'isTest', value: '1', ...ticked([await aUser()]) })
    for (const path of ['', '/state', '/skipped']) {
      assert.equal((await visitor.get(`/bulk-runs/${id}${path}`)).status, 200)
      assert.equal((await other.get(`/bulk-runs/${id}${path}`)).status, 404)
    }
  })

  test('sections bring actions of their own', async ({ assert }) => {
    const { visitor } = await someone()
    const user = await aUser()
    const known = await anEmail(user, 'known@example.com')
    const other = await anEmail(await aUser(), 'other@example.com')
    await a('stop_list_entry', { type: 'email', value: 'known@example.com' })
    const { bulk } = await done(visitor, 'identifiers', { action: 'toStopList', ...ticked([known, other]) })
    assert.include(bulk!, { state: 'done', done: 1, same: 1 })
    await done(visitor, 'users', { action: 'block', ...ticked([user]) })
    const blocked = await row<{ status_id: number }>(sql`select status_id from users where id = ${user}`)
    assert.equal(blocked!.status_id, await idOf('user_status', 'blocked'))
  })

  test('the export of ticked rows is the list of just these', async ({ assert }) => {
    const { visitor } = await someone()
    const ids = [await aUser({ surname: 'Яшин' }), await aUser()]
    const went = await visitor.get(`/bulk/users/create?action=export&ids=${ids[0]}`)
    const page = await visitor.get(went.headers.get('location')!)
    assert.equal(page.status, 200)
    assert.match(page.words, new RegExp(`<dd>[^<]*\\b${ids[0]}\\b`))
    assert.notMatch(page.words, new RegExp(`<dd>[^<]*\\b${ids[1]}\\b`))
  })

  test('the rows are those of the moment when it began, also for a run that goes on later', async ({ assert }) => {
    const staff = await aMemberOfStaff({ role: 'administrator' })
    const ids = []
    for (let index = 0; index < 250; index++) ids.push(await aUser({ surname: 'Ёлкина' }))
    const filter = { logic: 'and' as const, of: [{ field: 'surname', operator: 'equal', value: ['Ёлкина'] }] }
    const made = await row<{ id: number }>(
      sql`insert into bulk_runs (staff_id, object, action, change, selection, words)
        values (${staff.id}, 'user', 'edit', '{"field":"surname","value":"Палкина"}', ${JSON.stringify({ filter, search: '' })}::jsonb, 'x') returning id`
    )
    let looked = 0
    const watcher = {
      onProgress: (worked: number) => {
        if (worked === 100 && !looked++) void cancelRun(running)
      },
    }
    let running = 0
    const begun = runNow(bulkJob, { bulkId: made!.id }, { actor: nobody, title: 'frozen', watcher }).catch((error: Error) => error)
    while (!running) running = (await row<{ id: number }>(sql`select id from job_runs where title = 'frozen'`))?.id ?? 0
    await begun
    await aUser({ surname: 'Ёлкина' })
    await execute(sql`delete from users where id = ${ids[249]}`)
    await runNow(bulkJob, { bulkId: made!.id }, { actor: nobody, title: 'again' })
    assert.include((await findBulk(made!.id))!, { state: 'done', total: 250, done: 249, skipped: 1 })
    assert.lengthOf((await users()).filter(({ surname }) => surname === 'Ёлкина'), 1)
    const told = await row<{ count: number }>(sql`select count(*) as count from audit_log where trace = ${`bulk ${made!.id}`}`)
    assert.equal(told!.count, 249)
  })
})
