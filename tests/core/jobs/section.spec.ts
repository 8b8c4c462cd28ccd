import { test } from '@japa/runner'
import { row, rows, sql, transaction } from '#core/database'
import { objects, plain } from '#core/objects'
import { rolledBack } from '#tests/support/rolled_back'
import { aMemberOfStaff } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'

test.group('The section of jobs', (group) => {
  rolledBack(group)

  test('a press narrows it to one state, and leaves the other conditions alone', async ({ assert }) => {
    for (const state of ['running', 'failed', 'failed', 'done']) await aRun(state)
    const { visitor } = await anAdministrator()
    const other = { field: 'title', operator: 'contains', value: ['Run'] }
    const list = await visitor.get(`/jobs?${new URLSearchParams({ filter: JSON.stringify({ logic: 'and', of: [other] }) })}`)
    const pressed = hrefOf(list.words, 'Failed')
    assert.deepEqual(filterOf(pressed), { logic: 'and', of: [other, { field: 'state', operator: 'equal', value: ['failed'] }] })

    const failed = await visitor.get(pressed)
    assert.lengthOf(failed.words.match(/badge-bad">Failed/g)!, 2)
    assert.match(failed.words, /aria-current="?true"?>\s*<span class="tone-dot tone-dot-bad"><\/span>\s*Failed/)
    assert.deepEqual(filterOf(hrefOf(failed.words, 'All')), { logic: 'and', of: [other] })
  })

  test('failed runs go again together, those that are done do not', async ({ assert }) => {
    const ids = await Promise.all(['failed', 'cancelled', 'done'].map(aRun))
    const { staff, visitor } = await anAdministrator()
    await visitor.get('/jobs')
    const preview = await visitor.get(`/bulk/jobs/create?${new URLSearchParams([['action', 'retry'], ...ids.map((id): [string, string] => ['ids', String(id)])])}`)
    assert.equal(preview.status, 200)

    const { run } = objects.get('job_run').bulk!.find(({ name }) => name === 'retry')!
    const done = await transaction((trx) => run(ids, { actor: { staffId: staff.id }, reader: plain, trx }))
    assert.deepEqual(done, ids.slice(0, 2))
    const states = await rows<{ state: string }>(sql`select state from job_runs where id = any(${ids}) order by id`)
    assert.deepEqual(states.map(({ state }) => state), ['waiting', 'waiting', 'done'])
    const told = await row<{ count: number }>(sql`select count(*) as count from audit_log where action = 'job_run.retry' and record_id = any(${ids})`)
    assert.equal(told!.count, 2)
  })
})

async function aRun(state: string) {
  const finished = !['waiting', 'running'].includes(state)
  const made = await row<{ id: number }>(
    sql`insert into job_runs (job, title, state, finished_at) values ('segments.recount', 'Run', ${state}, ${finished ? new Date() : null}) returning id`
  )
  return made!.id
}

async function anAdministrator() {
  const visitor = new Visitor()
  const staff = await aMemberOfStaff({ role: 'administrator' })
  await visitor.signIn(staff.email)
  return { staff, visitor }
}

/** Where a word of the quick filter leads. */
function hrefOf(words: string, label: string) {
  const options = [...words.matchAll(/quick-filter-option" href="([^"]+)"[^>]*>(?:\s*<span[^>]*><\/span>)?\s*([^<]+?)\s*<\/a>/g)]
  return options.find(([, , word]) => word === label)![1].replaceAll('&amp;', '&')
}

const filterOf = (href: string) => JSON.parse(new URL(href, 'http://here').searchParams.get('filter')!)
