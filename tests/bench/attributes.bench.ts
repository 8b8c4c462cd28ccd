import { row, rows, sql, transaction } from '#core/database'
import { everything, type Group } from '#core/filters'
import { jobs, runNow } from '#core/jobs'
import { create, objects, readChanges } from '#core/objects'
import { countedBy } from '../../app/core/screens/list/counted.js'
import { pageOfRows } from '../../app/core/screens/list/page_of_rows.js'
import { race, timed } from './race.js'
import { reader } from './reader.js'
import { note } from './report.js'

const SIZE = 50
const user = () => objects.get('user')
const nobody = { staffId: null }

/** A filter and a sort by a custom field, beside the same on a column of its own kind. */
export default async function attributes() {
  const { users } = (await row<{ users: number }>(sql`select count(*) as users from users`))!
  await indexed()
  const bareEqual = () => rows(sql`select id from users where surname = 'Иванов' and deleted_at is null order by id limit ${SIZE}`)
  const bareSort = () => rows(sql`select id from users where deleted_at is null order by birth_date, id limit ${SIZE}`)
  const few = all({ field: 'benchNumber', operator: 'equal', value: [String(Math.floor(users / 2))] })
  const day = all({ field: 'benchDay', operator: 'equal', value: ['2010-05-05'] })
  await race({ name: 'custom field: equal to a number', target: { atMost: 2 }, runs: 5, times: 20, bare: rowByKey(users), ours: () => page(few, '-id') })
  await race({ name: 'custom field: on a day', target: { atMost: 3 }, runs: 5, times: 20, bare: bareEqual, ours: () => page(day, '-id') })
  await race({ name: 'custom field: sorted by a number', target: { atMost: 2 }, runs: 5, times: 20, bare: bareSort, ours: () => page(everything, 'benchNumber') })
  await race({ name: 'custom field: sorted by a day, last first', target: { atMost: 2 }, runs: 5, times: 20, bare: bareSort, ours: () => page(everything, '-benchDay') })
}

/** What the load gives every customer a value of: to write a million rows anew, with all their indexes, takes ten minutes. */
const fields = { benchNumber: 'integer', benchDay: 'date' }

/** A field is refused where rows hold values of its name already, so it is there before them. */
export async function before() {
  for (const [name, type] of Object.entries(fields)) {
    const values = { object: 'user', name, label: name, type, position: 1, place: 'none' }
    await transaction((trx) => create(objects.get('attribute'), values, nobody, trx))
  }
}

async function indexed() {
  const found = await rows<{ id: number }>(sql`select id from attributes where object = 'user' and name = any(${Object.keys(fields)})`)
  const milliseconds = await timed(async () => {
    for (const { id } of found) await runNow(jobs.get('attributes.index'), { attributeId: id }, { actor: nobody, title: 'bench' })
  })
  note(`Indexes of ${found.length} custom fields: ${Math.round(milliseconds / 1000)} s`)
  await readChanges()
}

const rowByKey = (users: number) => () => rows(sql`select id from users where id = ${1 + Math.floor(Math.random() * users)}`)

async function page(filter: Group, sort: string) {
  const { where } = countedBy({ object: user(), filter, search: '' }, reader)
  return pageOfRows({ object: user(), where, sort, size: SIZE, page: 1, shown: { columns: ['id'], reader } })
}

function all(...of: Group['of']): Group {
  return { logic: 'and', of }
}
