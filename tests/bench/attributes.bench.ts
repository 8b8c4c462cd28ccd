import { execute, row, rows, sql } from '#core/database'
import { everything, type Group } from '#core/filters'
import { jobs, runNow } from '#core/jobs'
import { create, objects, readChanges, select } from '#core/objects'
import { transaction } from '#core/database'
import { countedBy } from '../../app/core/screens/list/counted.js'
import { pageOfRows } from '../../app/core/screens/list/page_of_rows.js'
import { race } from './race.js'
import { reader } from './reader.js'

const SIZE = 50
const user = () => objects.get('user')
const nobody = { staffId: null }

/** A filter and a sort by a custom field, beside the same on a column of its own kind. */
export default async function attributes() {
  const { users } = (await row<{ users: number }>(sql`select count(*) as users from users`))!
  await fill()
  const bareEqual = () => rows(sql`select id from users where surname = 'Иванов' and deleted_at is null order by id limit ${SIZE}`)
  const bareSort = () => rows(sql`select id from users where deleted_at is null order by birth_date, id limit ${SIZE}`)
  const few = all({ field: 'benchNumber', operator: 'equal', value: [String(Math.floor(users / 2))] })
  const day = all({ field: 'benchDay', operator: 'equal', value: ['2010-05-05'] })
  await race({ name: 'custom field: equal to a number', target: { atMost: 2 }, runs: 5, times: 20, bare: rowByKey(users), ours: () => page(few, '-id') })
  await race({ name: 'custom field: on a day', target: { atMost: 3 }, runs: 5, times: 20, bare: bareEqual, ours: () => page(day, '-id') })
  await race({ name: 'custom field: sorted by a number', target: { atMost: 2 }, runs: 5, times: 20, bare: bareSort, ours: () => page(everything, 'benchNumber') })
  await race({ name: 'custom field: sorted by a day, last first', target: { atMost: 2 }, runs: 5, times: 20, bare: bareSort, ours: () => page(everything, '-benchDay') })
}

async function fill() {
  for (const [name, type] of [['benchNumber', 'integer'], ['benchDay', 'date']]) {
    if (user().fields.has(name)) continue
    const id = await transaction((trx) => create(objects.get('attribute'), { object: 'user', name, label: name, type, position: 1, place: 'none' }, nobody, trx))
    await execute(sql`update users set attributes = attributes || jsonb_build_object(${name}::text,
      ${type === 'date' ? sql`to_jsonb((date '2000-01-01' + (id % 9000)::int)::text)` : sql`to_jsonb(id)`})`)
    await execute(sql`vacuum analyze users`)
    await runNow(jobs.get('attributes.index'), { attributeId: id }, { actor: nobody, title: name })
    await readChanges()
  }
}

const rowByKey = (users: number) => () => rows(sql`select id from users where id = ${1 + Math.floor(Math.random() * users)}`)

async function page(filter: Group, sort: string) {
  const { where } = countedBy({ object: user(), filter, search: '' }, reader)
  const { places } = await pageOfRows({ object: user(), where, sort, size: SIZE, page: 1 })
  return places.length ? rows(select(user(), { reader, columns: ['id'], where: sql`t.id = any(${places.map(({ id }) => id)})` })) : []
}

function all(...of: Group['of']): Group {
  return { logic: 'and', of }
}
