import { type ChildProcess } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { test } from '@japa/runner'
import { row, sql } from '#core/database'
import { prepareQueues } from '#core/jobs'
import { emptied } from '#tests/support/emptied'
import { exported } from '#tests/support/exported'
import { aUser } from '#tests/support/people'
import { aMemberOfStaff } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'
import { run as launch } from '../../../bin/launcher/service.js'
import { idsIn, wizardForm, withoutCustomTables } from './custom_tables.js'

test.group('A table that an administrator registers', (group) => {
  withoutCustomTables(group)
  emptied(group)
  let worker: ChildProcess

  group.setup(async () => {
    await prepareQueues()
    worker = launch('ace.js', ['work'], process.env as Record<string, string>)
    return () => void worker.kill('SIGTERM')
  })

  test('is filtered, imported, segmented and pointed at, while web and worker go on', async ({ assert }) => {
    const admin = new Visitor()
    await admin.signIn((await aMemberOfStaff({ role: 'administrator' })).email)
    const [anna, boris] = [await aUser({ externalId: 'anna' }), await aUser({ externalId: 'boris' })]
    await pause(1500)

    await admin.get('/tables/new')
    const made = await admin.post('/tables', wizardForm({ many: 'Автомобили', manyEn: 'Vehicles', oneEn: 'Vehicle', path: 'vehicles' }, [
      ['Plate', 'text', { tellsApart: '1', required: '1' }],
      ['Owner', 'reference:user'],
      ['Mileage', 'integer'],
      ['Class', 'choice', { choices: 'eco = Эконом | Economy\nbiz = Бизнес | Business' }],
      ['Bought', 'date'],
    ]))
    assert.equal(made.headers.get('location'), '/vehicles')
    const list = await admin.get('/vehicles')
    assert.equal(list.status, 200)
    assert.include(list.words, 'href="/vehicles"', 'the menu')

    await admin.get('/vehicles/create')
    const card = await admin.post('/vehicles', { plate: 'A1', owner: String(anna), mileage: '100', class: 'Business' })
    assert.match(card.headers.get('location')!, /^\/vehicles\/\d+$/)

    const csv = ['Plate,Owner,Mileage,Class,Bought', 'A1,anna,250,Бизнес,2020-01-02', 'B2,anna,700,eco,', 'C3,boris,900,Economy,', 'D4,nobody,1,eco,', 'E5,anna,many,eco,']
    await admin.get('/imports/create')
    const uploaded = await admin.upload('/imports', 'vehicles.csv', csv.join('\n'), { object: 'custom_vehicles' })
    const mapping = uploaded.headers.get('location')!
    const page = await admin.get(mapping)
    assert.match(page.words, /<option value="plate" selected>/)
    const fields = Object.fromEntries(['plate', 'owner', 'mileage', 'class', 'bought'].map((name) => [`fields[${name}][column]`, name[0].toUpperCase() + name.slice(1)]))
    await admin.post(mapping.replace('mapping', 'start'), { ...fields, 'fields[owner][by]': 'externalId', 'match': 'plate' })
    const done = await until(() => row<{ created: number; updated: number; rejected: number }>(
      sql`select created_rows as created, updated_rows as updated, rejected_rows as rejected from imports where state = 'done'`
    ))
    assert.deepEqual(done, { created: 2, updated: 1, rejected: 2 })

    const ids = await idsIn(admin, '/vehicles', { logic: 'and', of: [{ field: 'mileage', operator: 'greater', value: ['600'] }] })
    assert.lengthOf(ids, 2)
    const owners = await idsIn(admin, '/users', all({ relation: 'vehicles', operator: 'exists', where: all({ field: 'class', operator: 'equal', value: ['biz'] }) }))
    assert.deepEqual(owners, [anna])
    const many = await idsIn(admin, '/users', all({ relation: 'vehicles', operator: 'count', compare: 'less', value: ['2'] }))
    assert.deepEqual(many, [boris])
    const detail = await admin.get(`/users/${anna}?tab=related`)
    assert.include(detail.words, 'Vehicles')
    assert.include(detail.words, 'B2')

    await admin.get('/segments/create')
    const segment = (await admin.post('/segments', { name: 'Driven far', object: 'custom_vehicles' })).headers.get('location')!
    await admin.get(`${segment}/panels/definition`)
    await admin.post(`${segment}/definition`, { filter: JSON.stringify(all({ field: 'mileage', operator: 'atLeast', value: ['700'] })) })
    await admin.post(`${segment}/recounts`)
    const counted = await until(() => row<{ count: number }>(sql`select count from segments where count is not null`))
    assert.deepEqual(counted, { count: 2 })
    await admin.get(`${segment}/versions/1/exports/create`)
    const { file } = await exported(admin, `${segment}/versions/1/exports`, {})
    assert.lengthOf(file!.toString().trim().split('\n'), 3)

    const { id } = (await row<{ id: number }>(sql`select id from custom_tables`))!
    const refused = await admin.get(`/tables/${id}/removal`)
    assert.include(refused.words, 'Driven far')
    const still = await admin.post(`/tables/${id}/removal`, { typed: 'vehicles' })
    assert.equal(still.status, 422)
    await admin.get(`${segment}/deletion`)
    await admin.post(`${segment}/deletion`)
    await row(sql`delete from segments returning id`)
    await admin.get(`/tables/${id}/removal`)
    assert.equal((await admin.post(`/tables/${id}/removal`, { typed: 'cars' })).status, 422)
    assert.equal((await admin.post(`/tables/${id}/removal`, { typed: 'vehicles' })).headers.get('location'), '/tables')
    for (const gone of ['/vehicles', '/vehicles/1', mapping.replace('/mapping', '')]) {
      assert.include([200, 404], (await admin.get(gone)).status, gone)
    }
    assert.equal((await admin.get(`/users/${anna}`)).status, 200)
    assert.equal((await admin.get('/imports')).status, 200)
  }).timeout(120_000)
})

const all = (...of: object[]) => ({ logic: 'and', of })

async function until<Row>(found: () => Promise<Row | undefined>): Promise<Row> {
  for (;;) {
    const one = await found()
    if (one) return one
    await pause(200)
  }
}
