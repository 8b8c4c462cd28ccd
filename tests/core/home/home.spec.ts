import { test } from '@japa/runner'
import { type Staff } from '#core/access'
import { execute, sql } from '#core/database'
import { forgetFigures } from '#core/home'
import { forgetTotals } from '#core/screens'
import { objects } from '#core/objects'
import { rolledBack } from '#tests/support/rolled_back'
import { a, aReceipt, aUser, anEmail, idOf } from '#tests/support/people'
import { aMemberOfStaff } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'
import { daysOf, periodOf } from '../../../app/core/home/period.js'

const DAY_MS = 86_400_000
const ago = (days: number) => new Date(Date.now() - days * DAY_MS)

test.group('Start page', (group) => {
  rolledBack(group)
  group.each.setup(() => {
    forgetFigures()
    for (const object of objects.all()) forgetTotals(object)
  })

  test('every number that leads to a list says how many rows the list has', async ({ assert }) => {
    await aCompany()
    const visitor = await signedIn('administrator')
    let compared = 0
    for (const widget of ['customers', 'statuses', 'reachable', 'turnover', 'mail', 'attention']) {
      const { words } = await visitor.get(`/home/widgets/${widget}?days=30`)
      for (const { href, number } of numbersIn(words)) {
        const [path, query] = href.split('?')
        const { words: counter } = await visitor.get(`${path}/total?${query ?? ''}`)
        const total = /<b>([^<]*)<\/b>/.exec(counter)?.[1]
        assert.equal(total, number, `${widget}: ${href}`)
        compared += 1
      }
    }
    assert.isAbove(compared, 60)
  }).timeout(60_000)

  test('days begin where the person is', async ({ assert }) => {
    const late = await aUser()
    await execute(sql`update users set created_at = '2026-03-10 21:30:00+00' where id = ${late}`)
    const visitor = await signedIn('marketer', { timezone: 'Europe/Moscow' })
    const { words } = await visitor.get('/home/widgets/customers?from=2026-03-10&to=2026-03-11')
    const days = [...words.matchAll(/<th scope="row">[\s\S]*?<\/th>\s*<td class="end">(\d+)<\/td>/g)].map(([, count]) => count)
    assert.deepEqual(days, ['0', '1'])
  })

  test('a change is told against as many days before', async ({ assert }) => {
    for (const days of [1, 2, 3, 8]) await aUserOf(days)
    const { words } = await (await signedIn('marketer')).get('/home/widgets/customers?days=7')
    assert.match(words, /\+200%/)
    assert.match(words, /before: 1\b/)
  })

  test('widgets of what a person may not read are neither shown nor served', async ({ assert }) => {
    const visitor = await signedIn('marketer')
    assert.notInclude((await visitor.get('/')).words, '/home/widgets/runs')
    assert.equal((await visitor.get('/home/widgets/runs')).status, 403)
    assert.equal((await visitor.get('/home/widgets/runs/csv')).status, 403)
    assert.equal((await visitor.get('/home/widgets/nothing')).status, 404)
    assert.include((await (await signedIn('administrator')).get('/')).words, '/home/widgets/runs')
  })

  test('what needs attention is told to those who may read it', async ({ assert }) => {
    await execute(sql`insert into job_runs (job, title, state, finished_at) values ('x', 'Broken', 'failed', now())`)
    assert.include((await (await signedIn('administrator')).get('/home/widgets/attention')).words, '1 job failed')
    const { words } = await (await signedIn('marketer')).get('/home/widgets/attention')
    assert.notInclude(words, 'job failed')
    assert.include(words, 'All is well')
  })

  test('a new company is told its next step, one that has done them is not', async ({ assert }) => {
    const visitor = await signedIn('marketer')
    assert.match((await visitor.get('/')).words, /btn-primary" href="\/imports\/create\?object=user"/)
    await aUser()
    assert.match((await visitor.get('/')).words, /btn-primary" href="\/segments\/create"/)
    await a('segment', { name: 'Все', object: 'user' })
    await a('communication', { name: 'Привет' })
    assert.notInclude((await visitor.get('/')).words, 'steps-title')
  })

  test('an address that cannot be a period means thirty days', async ({ assert }) => {
    const usual = periodOf({}, 'UTC')
    for (const query of [{ days: '31' }, { days: ['7'] }, { from: '2026-01-01' }, { from: 'x', to: 'y' }, { from: '2020-01-01', to: '2026-01-01' }, { from: '2026-02-30', to: '2026-03-01' }]) {
      assert.deepEqual(periodOf(query as never, 'UTC'), usual, JSON.stringify(query))
    }
    assert.deepEqual(periodOf({ from: '2026-03-02', to: '2026-02-27' }, 'UTC'), { from: '2026-02-27', to: '2026-03-02', days: 4 })
    assert.deepEqual(daysOf({ from: '2026-03-28', to: '2026-03-30', days: 3 }), ['2026-03-28', '2026-03-29', '2026-03-30'])
    assert.equal(periodOf({ from: '2026-03-28', to: '2026-03-30' }, 'Europe/Berlin').days, 3)
  })

  test('a person hides and moves widgets for themselves', async ({ assert }) => {
    const visitor = await signedIn('marketer')
    await visitor.get('/home/layout')
    await visitor.post('/home/layout', { toggle: 'customers' })
    await visitor.post('/home/layout', { move: 'up turnover' })
    await visitor.post('/home/layout', { move: 'up nothing' })
    const { words } = await visitor.get('/')
    assert.notInclude(words, '/home/widgets/customers?')
    assert.isBelow(words.indexOf('/home/widgets/turnover?'), words.indexOf('/home/widgets/attention?'))
    assert.include((await (await signedIn('marketer')).get('/')).words, '/home/widgets/customers?')
  })

  test('a chart is also a file', async ({ assert }) => {
    await aCompany()
    const response = await (await signedIn('marketer')).get('/home/widgets/turnover/csv?days=7')
    assert.include(response.headers.get('content-disposition'), 'turnover')
    const lines = response.words.trim().split('\n')
    assert.equal(lines.length, 8)
    assert.match(lines[0], /Receipts,Turnover/)
    assert.include(response.words, '125.5')
  })
})

async function aCompany() {
  for (const days of [0, 1, 1, 5, 29, 45, 200]) await aUserOf(days)
  const blocked = await aUser({ status: await idOf('user_status', 'blocked') })
  await anEmail(blocked)
  const user = await aUserOf(3)
  await anEmail(user)
  await anEmail(await aUser(), 'unconfirmed@example.com', false)
  await aReceipt(user, { issuedAt: ago(2), total: 125_50 })
  await aReceipt(user, { issuedAt: ago(40), total: 90_00 })
  const returned = await aReceipt(user, { issuedAt: ago(2), total: 10_00 })
  await execute(sql`update receipts set status = 'returned' where id = ${returned}`)
  const mail = await a('communication', { name: 'Письмо' })
  await execute(
    sql`insert into sends (communication_id, state, started_at) values
      (${mail}, 'finished', now()), (${mail}, 'failed', now() - interval '3 days'), (${mail}, 'finished', now() - interval '50 days')`
  )
  await execute(sql`insert into sends (communication_id, state) values (${mail}, 'paused')`)
}

async function aUserOf(days: number) {
  const id = await aUser()
  await execute(sql`update users set created_at = ${ago(days)} where id = ${id}`)
  return id
}

/** Links that are numbers themselves, and rows of tables: their first number and where they lead. */
function numbersIn(words: string) {
  const figures = [...words.matchAll(/class="stat-value numbers" href="([^"]+)">([\d,]+)</g)]
  const rows = [...words.matchAll(/<th scope="row">\s*<a href="([^"]+)">[^<]*<\/a>\s*<\/th>\s*<td class="end">([\d,]+)<\/td>/g)]
  const lines = [...words.matchAll(/class="tone-bad" href="([^"]+)">(\d+) /g)]
  const isMail = words.includes('aria-label="Mailings"')
  return [...figures, ...(isMail ? [] : rows), ...lines].map(([, href, number]) => ({ href: href.replaceAll('&amp;', '&'), number }))
}

async function signedIn(role: Staff['role'], person: Partial<Staff> = {}) {
  const visitor = new Visitor()
  await visitor.signIn((await aMemberOfStaff({ role, ...person } as never)).email)
  return visitor
}
