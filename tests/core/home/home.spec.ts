import { test } from '@japa/runner'
import { type Staff } from '#core/access'
import { execute, row, sql } from '#core/database'
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
    for (const widget of ['customers', 'statuses', 'reachable', 'turnover', 'mail', 'funnel', 'attention']) {
      const { words } = await visitor.get(`/home/widgets/${widget}?days=30`)
      for (const { href, number } of numbersIn(words)) {
        assert.equal(await totalAt(visitor, href), number, `${widget}: ${href}`)
        compared += 1
      }
    }
    assert.isAbove(compared, 60)
  }).timeout(60_000)

  test('figures of a mailing lead to the mails that they count', async ({ assert }) => {
    await aCompany()
    const visitor = await signedIn('marketer')
    const { words: home } = await visitor.get('/home/widgets/mail?days=30')
    assert.deepEqual(numbersIn(home).map(({ number }) => number), ['3', '3', '2', '2', '1'])

    const { id, communication } = (await row<{ id: number; communication: number }>(
      sql`select id, communication_id as communication from sends where not test order by id desc limit 1`
    ))!
    for (const panel of [`/sends/${id}/panels/progress`, `/communications/${communication}/panels/statistics`]) {
      const { words } = await visitor.get(panel)
      const figures = [...words.matchAll(/<a href="(\/deliveries[^"]+)">([\d,]+)<\/a>/g)]
      assert.deepEqual(figures.map(([, , number]) => number), ['3', '2', '2', '1', '0', '1', '0', '1'], panel)
      for (const [, href, number] of figures) assert.equal(await totalAt(visitor, href.replaceAll('&amp;', '&')), number, href)
    }
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
  await mailsOf(mail, user)
}

/** Two mails to one customer, opened twice and once, of a live send; one to nobody; and a test, which no live figure counts. */
async function mailsOf(communication: number, user: number) {
  for (const isTest of [false, true]) {
    const { id } = (await row<{ id: number }>(
      sql`insert into sends (communication_id, state, test, started_at) values (${communication}, 'finished', ${isTest}, now() - interval '2 days') returning id`
    ))!
    await execute(sql`insert into deliveries (send_id, user_id, identifier_id, communication_id, address, state, sent_at)
      select ${id}, ${user}, n, ${communication}, 'a@example.com', state, sent_at
      from (values (1, 'sent', now()), (2, 'sent', now()), (3, 'bounced', now()), (4, 'failed', null)) as mails (n, state, sent_at)`)
    await execute(sql`insert into delivery_chunks (send_id, chunk, from_user, to_user, size, done, sent, failed) values (${id}, 0, ${user}, ${user}, 4, true, 3, 1)`)
    await execute(sql`insert into reactions (user_id, identifier_id, send_id, communication_id, kind, bot)
      select ${user}, n, ${id}, ${communication}, kind, bot
      from (values (1, 'open', false), (1, 'open', false), (2, 'open', false), (1, 'click', false), (2, 'click', true), (3, 'hard_bounce', false)) as seen (n, kind, bot)`)
  }
}

async function aUserOf(days: number) {
  const id = await aUser()
  await execute(sql`update users set created_at = ${ago(days)} where id = ${id}`)
  return id
}

async function totalAt(visitor: Visitor, href: string) {
  const [path, query] = href.split('?')
  const { words } = await visitor.get(`${path}/total?${query ?? ''}`)
  return /<b>([^<]*)<\/b>/.exec(words)?.[1]
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
