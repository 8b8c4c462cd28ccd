import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { test } from '@japa/runner'
import { row, rows, sql } from '#core/database'
import { objects, readMerged } from '#core/objects'
import { run as launch } from '../../bin/launcher/service.js'
import { emptied } from '#tests/support/emptied'
import { anEmail, aUser } from '#tests/support/people'
import { personsBroken } from '#tests/support/persons_hold'

const PAIRS = 40
const KILLS = 2

test.group('L A process that is killed while it merges customers', (group) => {
  emptied(group)
  group.teardown(() => readMerged(objects.get('user')))

  test('leaves each pair one person or two, and nothing in between', async ({ assert }) => {
    const seed = Date.now() % 1000
    for (let number = 0; number < PAIRS; number++) {
      for (const side of ['from', 'into']) await anEmail(await aUser({ externalId: `kill-${number}-${side}`, surname: side }))
    }
    const merges = () => row<{ count: number }>(sql`select count(*) as count from user_merges`)
    for (let kill = 1; kill <= KILLS; kill++) {
      const before = (await merges())!.count
      const child = launch('tests/support/merging.ts', [], process.env as Record<string, string>)
      while ((await merges())!.count === before && child.exitCode === null) await pause(5)
      await pause((seed * kill) % 90)
      child.kill('SIGKILL')
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
      console.log(`seed ${seed}: killed ${kill} after ${(await merges())!.count} of ${PAIRS} merges`)
      assert.deepEqual(await personsBroken(), [])
      assert.deepEqual(await halves(), [])
    }
  }).timeout(120_000)
})

/** Of each merge there is a row of the journal, a line in each of both histories and one event, or none of them. */
const halves = () =>
  rows(
    sql`select u.external_id from users u
      left join user_merges m on m.merged_id = u.id and m.undone_at is null
      where u.external_id like 'kill-%-from' and (u.deleted_at is not null)::int + (m.id is not null)::int
        + (select count(*) from audit_log l where l.object = 'user' and l.record_id = u.id and l.action = 'user.merge')
        + (select count(*) from user_events e where e.user_id = m.user_id and e.signal = 'user.merged')
        + (select count(*) from user_aliases a where a.user_id = u.id) not in (0, 5)`
  )
