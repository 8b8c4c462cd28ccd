import { setTimeout as wait } from 'node:timers/promises'
import { test } from '@japa/runner'
import { execute, row, rows, sql, transaction } from '#core/database'
import { cancelRun, defineJob, jobs, prepareQueues, retryRun, runNow, runState, startWorker, stopWorker } from '#core/jobs'
import { type RunState } from '#core/jobs'

const actor = { staffId: null }
const tidied: string[] = []

/** Counts to `steps`, a step each 20 ms. */
const counting = defineJob<{ steps: number }>({
  name: 'test.counting',
  async run(run, { steps }) {
    const counted = await row<{ done: number }>(sql`select done from job_runs where id = ${run.id}`)
    for (let step = counted!.done; step < steps; step++) {
      await run.checkpoint()
      await wait(20)
      await run.progress(step + 1, steps)
    }
    await run.log('counted')
    await run.result({ steps })
  },
  async abandoned(_payload, outcome) {
    tidied.push(outcome)
  },
})

let failures = 0
const failing = defineJob<{ times: number }>({
  name: 'test.failing',
  retries: 1,
  async run(_run, { times }) {
    if (failures++ < times) throw new Error('No luck\nat all')
  },
})

const tidying = defineJob({ name: 'test.tidying', daily: true, run: async (run) => run.log('tidied') })

async function until(id: number, ...states: RunState['state'][]) {
  for (;;) {
    const run = (await runState(id))!
    if (states.includes(run.state)) return run
    await wait(25)
  }
}

test.group('Runs of jobs', (group) => {
  group.setup(async () => {
    jobs.add(counting)
    jobs.add(failing)
    jobs.add(tidying)
    await prepareQueues()
    await startWorker()
    return stopWorker
  })
  group.each.setup(() => {
    failures = 0
    tidied.length = 0
  })
  group.teardown(async () => {
    await execute(sql`delete from job_runs where job like 'test.%'`)
  })

  test('a run is worked soon, and its progress, log and result are kept', async ({ assert }) => {
    const id = await counting.start({ steps: 3 }, { actor, title: 'three' })
    const run = await until(id, 'done')

    assert.include(run, { done: 3, total: 3, percent: 100, finished: true, title: 'three' })
    assert.deepEqual(run.result, { steps: 3 })
    assert.equal(run.log[0].line, 'counted')
  })

  test('a run belongs to the transaction that made it', async ({ assert }) => {
    const count = () => row<{ runs: number }>(sql`select count(*) as runs from job_runs where title = 'never'`)
    const made = transaction(async (trx) => {
      await counting.start({ steps: 1 }, { actor, title: 'never', trx })
      throw new Error('rolled back')
    })
    await made.catch(() => {})
    assert.deepEqual(await count(), { runs: 0 })
  })

  test('cancel stops a run at its next checkpoint', async ({ assert }) => {
    const id = await counting.start({ steps: 10_000 }, { actor, title: 'long' })
    await until(id, 'running')
    assert.equal(await cancelRun(id), 'stopping')

    const run = await until(id, 'cancelled')
    assert.isBelow(run.done, 10_000)
    assert.deepEqual(tidied, ['cancelled'])
  })

  test('a cancelled run may be started again and goes on', async ({ assert }) => {
    const id = await counting.start({ steps: 30 }, { actor, title: 'again' })
    await until(id, 'running')
    await cancelRun(id)
    await until(id, 'cancelled')

    assert.isTrue(await retryRun(id))
    assert.equal((await until(id, 'done')).done, 30)
    assert.isFalse(await retryRun(id))
  })

  test('a failure is tried again', async ({ assert }) => {
    const id = await failing.start({ times: 1 }, { actor, title: 'once' })
    const run = await until(id, 'done')
    assert.match(run.log[0].line, /No luck/)
    assert.isNull(run.error)
  }).timeout(20_000)

  test('after the last try a run has failed, with a sentence and a trace', async ({ assert }) => {
    const id = await failing.start({ times: 5 }, { actor, title: 'always' })
    const run = await until(id, 'failed')
    assert.equal(run.error, 'No luck')
    assert.match(run.log[0].line, /runs\.spec/)
  }).timeout(20_000)

  test('R-09 a worker that stops gives its run back, and it goes on from there', async ({ assert }) => {
    const id = await counting.start({ steps: 100 }, { actor, title: 'handed over' })
    await until(id, 'running')
    await wait(300)
    await stopWorker()

    const given = (await runState(id))!
    assert.equal(given.state, 'waiting')
    assert.isAbove(given.done, 0)
    const active = await row<{ jobs: number }>(sql`select count(*) as jobs from pgboss.job where state = 'active'`)
    assert.equal(active!.jobs, 0)

    await startWorker()
    assert.equal((await until(id, 'done')).done, 100)
  }).timeout(20_000)

  test('a run is worked by one at a time, however often it is taken', async ({ assert }) => {
    const id = await counting.start({ steps: 20 }, { actor, title: 'once only' })
    await until(id, 'running')
    const { workOn } = await import('../../../app/core/jobs/work_on.js')
    await Promise.all([1, 2, 3].map(() => workOn(id, new AbortController().signal)))

    const tries = await row<{ tries: number; state: string }>(sql`select tries, state from job_runs where id = ${id}`)
    assert.deepEqual(tries, { tries: 1, state: 'done' })
  })

  test('a daily job is started once a day, however many workers ask', async ({ assert }) => {
    const { startDaily } = await import('../../../app/core/jobs/daily.js')
    await Promise.all([startDaily(), startDaily(), startDaily()])
    const runs = () => rows<{ id: number }>(sql`select id from job_runs where job = 'test.tidying' order by id`)
    const [today] = await runs()
    assert.lengthOf(await runs(), 1)
    await until(today.id, 'done')

    await execute(sql`update job_runs set title = (current_date - 1)::text where id = ${today.id}`)
    await startDaily()
    assert.lengthOf(await runs(), 2)
  })

  test('a command works a job itself and hears of its failure', async ({ assert }) => {
    const id = await runNow(counting, { steps: 2 }, { actor, title: 'here' })
    assert.equal((await runState(id))!.state, 'done')
    await assert.rejects(() => runNow(failing, { times: 1 }, { actor, title: 'here' }), /No luck/)
  })
})
