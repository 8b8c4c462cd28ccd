import { type ApiRequest } from '@japa/api-client'
import { test } from '@japa/runner'
import { row, sql } from '#core/database'
import { findImport } from '#core/imports'
import { prepareQueues, runState } from '#core/jobs'
import { rolledBack } from '#tests/support/rolled_back'
import { aMemberOfStaff } from '#tests/support/staff'
import { workOn } from '../../../app/core/jobs/work_on.js'

const csv = 'code;name\r\nt-1;Молоко\r\nt-2\r\n'

test.group('Pages of an import', (group) => {
  group.setup(prepareQueues)
  rolledBack(group)

  async function lastImport() {
    const last = await row<{ id: number }>(sql`select max(id) as id from imports`)
    return (await findImport(last!.id))!
  }

  async function workLastRun() {
    const last = await row<{ id: number }>(sql`select max(id) as id from job_runs`)
    await workOn(last!.id, new AbortController().signal)
    return last!.id
  }

  test('a file is uploaded, mapped, tried and imported', async ({ client, assert }) => {
    const staff = await aMemberOfStaff()
    const as = (request: ApiRequest) => request.loginAs(staff).withCsrfToken().redirects(0)

    const form = await as(client.get('/imports/create?object=good'))
    form.assertStatus(200)
    assert.match(form.text(), /<option value="good" selected>/)

    const uploaded = await as(client.post('/imports'))
      .file('file', Buffer.from(csv), { filename: 'goods.csv' })
      .field('object', 'good')
    uploaded.assertStatus(303)
    const { id } = await lastImport()
    uploaded.assertHeader('location', `/imports/${id}/mapping`)

    const mapping = await as(client.get(`/imports/${id}/mapping`))
    mapping.assertStatus(200)
    assert.include(mapping.text(), 'Молоко')
    assert.match(mapping.text(), /<option value="code" selected>/)

    const fields = { 'fields[code][column]': 'code', 'fields[name][template]': '{{ name | upcase }}', 'match': 'code' }
    const tried = await as(client.post(`/imports/${id}/trials`)).form(fields as never)
    tried.assertStatus(303)
    await workLastRun()
    const told = await as(client.get(`/imports/${id}/mapping`))
    assert.include(told.text(), '2 rows checked. 1 would be created')
    assert.include(told.text(), '1 cells for 2 columns')

    const started = await as(client.post(`/imports/${id}/start`)).form(fields as never)
    started.assertStatus(303)
    const run = await workLastRun()
    assert.equal((await runState(run))!.state, 'done')
    assert.equal((await row<{ name: string }>(sql`select name from goods where code = 't-1'`))!.name, 'МОЛОКО')

    const panel = await as(client.get(`/imports/${id}/panels/outcome`))
    assert.include(panel.text(), '2 rows. 1 created')
    const rejects = await as(client.get(`/imports/${id}/rejects`))
    rejects.assertStatus(200)
    assert.include(rejects.header('content-disposition')!, 'goods.rejected.csv')

    const twice = await as(client.post(`/imports/${id}/start`)).form(fields as never)
    assert.isAtLeast(twice.status(), 400)
  })

  test('a mapping that cannot work is refused at its fields', async ({ client, assert }) => {
    const staff = await aMemberOfStaff()
    await client
      .post('/imports')
      .file('file', Buffer.from(csv), { filename: 'goods.csv' })
      .field('object', 'good')
      .loginAs(staff)
      .withCsrfToken()
      .redirects(0)
    const { id } = await lastImport()
    const answer = await client
      .post(`/imports/${id}/start`)
      .form({ 'fields[name][template]': '{{ name | nonsense }}', 'fields[price][column]': 'dear', 'match': 'code' } as never)
      .loginAs(staff)
      .withCsrfToken()

    answer.assertStatus(422)
    assert.include(answer.text(), 'undefined filter: nonsense')
    assert.include(answer.text(), 'The file has no column')
    assert.include(answer.text(), 'The key is not mapped: code')
  })

  test('{name} is no table, and nothing of it is kept')
    .with([
      { name: 'an empty file', bytes: Buffer.from(''), sentence: 'no rows' },
      { name: 'a header alone', bytes: Buffer.from('code;name\n'), sentence: 'no rows' },
      { name: 'an Excel workbook', bytes: Buffer.from('504b0304aabbccdd', 'hex'), sentence: 'Excel' },
      { name: 'a broken archive', bytes: Buffer.from('1f8b0800ffffffffffffffff', 'hex'), sentence: 'CSV table' },
    ])
    .run(async ({ client, assert }, { bytes, sentence }) => {
      const answer = await client
        .post('/imports')
        .file('file', bytes, { filename: 'wrong.csv' })
        .field('object', 'good')
        .loginAs(await aMemberOfStaff())
        .withCsrfToken()

      answer.assertStatus(422)
      assert.include(answer.text(), sentence)
      const kept = await row(sql`select count(*) as files from files where name = 'wrong.csv'`)
      assert.deepEqual(kept, { files: 0 })
    })

  test('a viewer imports nothing', async ({ client }) => {
    const viewer = await aMemberOfStaff({ role: 'viewer' })
    const answer = await client.get('/imports/create').loginAs(viewer)
    answer.assertStatus(403)
  })
})
