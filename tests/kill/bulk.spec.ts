import { type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { test } from '@japa/runner'
import { findBulk, requestBulk } from '#core/bulk'
import { execute, row, sql } from '#core/database'
import { everything } from '#core/filters'
import { prepareQueues } from '#core/jobs'
import { objects } from '#core/objects'
import { run as launch } from '../../bin/launcher/service.js'
import { aMemberOfStaff } from '#tests/support/staff'

const ROWS = 4000
const KILLS = 3

test.group('A bulk run whose worker is killed', (group) => {
  let worker: ChildProcess | undefined

  group.teardown(async () => {
    worker?.kill('SIGKILL')
    await execute(sql`delete from goods where code like 'bulk-%'`)
    await execute(sql`delete from bulk_runs`)
  })

  test('each row is changed once and told once, whatever is killed in between', async ({ assert }) => {
    await prepareQueues()
    await execute(sql`insert into goods (code, name) select 'bulk-' || n, 'before' from generate_series(1, ${ROWS}) n`)
    const staff = await aMemberOfStaff({ role: 'administrator' })
    const filter = { logic: 'and' as const, of: [{ field: 'code', operator: 'startsWith', value: ['bulk-'] }] }
    const id = await requestBulk(
      objects.get('good'),
      { action: 'edit', change: { field: 'name', value: 'after' }, selection: { filter: filter ?? everything, search: '' }, title: 'Kill', words: 'killed' },
      { staffId: staff.id }
    )
    for (let kill = 1; kill <= KILLS; kill++) {
      worker = launch('ace.js', ['work'], process.env as Record<string, string>)
      while ((await findBulk(id))!.reached === 0 || (await worked(id)) < (ROWS / (KILLS + 1)) * kill) await pause(20)
      worker.kill('SIGKILL')
      await once(worker, 'exit')
      console.log(`killed ${kill} after ${await worked(id)} rows`)
    }
    worker = launch('ace.js', ['work'], process.env as Record<string, string>)
    while (['waiting', 'running'].includes((await findBulk(id))!.state)) await pause(100)

    assert.include((await findBulk(id))!, { state: 'done', total: ROWS, done: ROWS, same: 0, skipped: 0 })
    const after = await row<{ count: number }>(sql`select count(*) as count from goods where code like 'bulk-%' and name = 'after'`)
    assert.equal(after!.count, ROWS)
    const told = await row<{ count: number; rows: number }>(
      sql`select count(*) as count, count(distinct record_id) as rows from audit_log where trace = ${`bulk ${id}`}`
    )
    assert.deepEqual(told, { count: ROWS, rows: ROWS })
  }).timeout(180_000)
})

async function worked(id: number) {
  const { done, same, skipped } = (await findBulk(id))!
  return done + same + skipped
}
