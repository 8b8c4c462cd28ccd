import { test } from '@japa/runner'
import i18nManager from '@adonisjs/i18n/services/main'
import { execute, row, sql } from '#core/database'
import { deadLetters, redrive, workersAlive } from '#core/jobs'
import { healthChecks, type HealthCheck } from '#core/modules'
import { plain, type Reader } from '#core/objects'
import { rolledBack } from '#tests/support/rolled_back'
import { aMemberOfStaff } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'
import { working } from '#tests/support/working'
import { examine } from '../../../app/core/health/examine.js'

const reader = (locale: 'ru' | 'en'): Reader => ({ ...plain, locale, t: (key, values) => i18nManager.locale(locale).t(key, values) })
const check = (name: string, ask: HealthCheck['ask']): HealthCheck => ({ name, ask })

async function signedIn(role: string) {
  const { email } = await aMemberOfStaff({ role })
  const visitor = new Visitor()
  await visitor.signIn(email)
  return visitor
}

const aRun = async (state: string, minutesAgo: number) =>
  (await row<{ id: number }>(
    sql`insert into job_runs (job, title, state, updated_at, finished_at, error)
      values ('segments.recount', 'Лояльные', ${state}, now() - ${minutesAgo} * interval '1 minute', now(), 'no room left') returning id`
  ))!.id

const stateOf = async (name: string) => (await examine(reader('en'))).find((one) => one.name === name)!

test.group('Health of the product', (group) => {
  rolledBack(group)

  test('says of everything how it stands, in both languages, the worst first', async ({ assert }) => {
    for (const locale of ['ru', 'en'] as const) {
      const found = await examine(reader(locale))
      assert.includeMembers(
        found.map(({ name }) => name),
        ['database', 'migrations', 'workers', 'queue', 'failures', 'disk', 'clock', ...healthChecks.map(({ name }) => name)]
      )
      for (const { label, sentence, advice, state } of found) {
        for (const words of [label, sentence, ...(state === 'good' ? [] : [advice])]) {
          assert.notInclude(words!, 'translation missing')
          assert.isNotEmpty(words)
        }
      }
      const order = found.map(({ state }) => ['bad', 'warn', 'good'].indexOf(state))
      assert.deepEqual(order, [...order].sort())
    }
  })

  test('a check that fails or hangs is itself a finding', async ({ assert }) => {
    const [broken, hanging] = await examine(reader('en'), [
      check('database', async () => Promise.reject(new Error('gone'))),
      check('clock', () => new Promise(() => {})),
    ])
    assert.deepInclude(broken, { state: 'bad', sentence: 'It could not be checked.' })
    assert.deepInclude(hanging, { state: 'bad', sentence: 'The check did not end within 5 seconds.' })
  }).timeout(10_000)

  test('no worker, a queue that stands, a failed job: each says what to do', async ({ assert }) => {
    assert.deepInclude(await stateOf('workers'), { state: 'bad', sentence: 'None answers: nobody does the jobs.' })
    await aRun('waiting', 20)
    const queue = await stateOf('queue')
    assert.equal(queue.state, 'bad')
    assert.match(queue.sentence, /the oldest for 20 minutes, and nobody does them/)
    await aRun('failed', 1)
    assert.deepInclude(await stateOf('failures'), { state: 'warn', sentence: '1 job failed within a day.' })
  })

  test('the page is for those who look after jobs, and shows the last errors', async ({ assert }) => {
    const id = await aRun('failed', 1)
    const boss = await signedIn('administrator')
    const { status, words } = await boss.get('/health')
    assert.equal(status, 200)
    assert.include(words, 'Something does not work')
    assert.include(words, `href="/jobs/${id}"`)
    assert.include(words, 'no room left')
    const fragment = await boss.get('/health', { 'hx-request': 'true', 'hx-request-type': 'partial' })
    assert.notInclude(fragment.words, '<html')
    assert.equal((await (await signedIn('marketer')).get('/health')).status, 403)
  })

  test('a dead letter is shown and put back into its queue', async ({ assert }) => {
    const id = await aRun('waiting', 30)
    await execute(
      sql`insert into pgboss.job (name, data, state) values ('jobs.dead', ${JSON.stringify({ run: id })}::jsonb, 'failed')`
    )
    const [letter] = await deadLetters()
    assert.deepInclude(letter, { runId: id, title: 'Лояльные' })
    assert.equal((await stateOf('failures')).state, 'bad')

    const boss = await signedIn('administrator')
    assert.include((await boss.get('/health')).words, `/health/dead/${letter.id}`)
    assert.equal((await boss.post(`/health/dead/${letter.id}`)).status, 303)
    assert.isEmpty(await deadLetters())
    assert.exists(await row(sql`select 1 from pgboss.job where name = 'segments.recount' and (data ->> 'run')::bigint = ${id}`))
    assert.isFalse(await redrive(letter.id), 'only once')
    assert.equal((await boss.post('/health/dead/nonsense')).status, 404)
  })
})

test.group('Workers', (group) => {
  working(group)

  test('one that works is seen, by its machine and process', async ({ assert }) => {
    const alive = await workersAlive()
    assert.lengthOf(alive, 1)
    assert.include(alive[0], String(process.pid))
    assert.equal((await stateOf('workers')).state, 'good')
  })
})
