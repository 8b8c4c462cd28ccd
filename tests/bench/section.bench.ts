import { row, rows, sql } from '#core/database'
import { everything, type FilterNode, type Group } from '#core/filters'
import { objects } from '#core/objects'
import { countedBy } from '../../app/core/screens/list/counted.js'
import { pageOfRows } from '../../app/core/screens/list/page_of_rows.js'
import { totalOf } from '../../app/core/screens/list/total.js'
import { race, type Target } from './race.js'
import { reader } from './reader.js'

const SIZE = 50
const DEEP = 100_000
const user = () => objects.get('user')

interface Page {
  filter?: Group
  search?: string
  sort?: string
  page?: number
  total?: number
}

let users = 0

export default async function section() {
  users = (await row<{ count: number }>(sql`select count(*) as count from users`))!.count
  await pages()
  await counts()
}

async function pages() {
  const sameName = all({ field: 'surname', operator: 'equal', value: [await frequentSurname()] })
  const bornInAYear = all({ field: 'birthDate', operator: 'between', value: ['1980-01-01', '1981-01-01'] })
  const boughtThisMonth = all({ relation: 'receipts', operator: 'exists', where: all({ field: 'issuedAt', operator: 'lastDays', value: ['30'] }) })
  const lastPage = Math.ceil(users / SIZE)

  await page('first, newest first', {}, { atMost: 1.5 })
  await page('page 20, by surname', { sort: 'surname', page: 20 }, { atMost: 1.5 })
  await page('filtered: a frequent surname', { filter: sameName }, { atMost: 1.5 })
  await page('filtered: born in 1980, by surname', { filter: bornInAYear, sort: 'surname' }, { atMost: 12 })
  await page('filtered: has receipts this month', { filter: boughtThisMonth }, { atMost: 12 })
  await page('search in names', { search: await partOfASurname() }, { atMost: 12 })
  if (users > DEEP) await page('jump to row 100,000', { page: DEEP / SIZE, total: users }, { atMost: 20 })
  await page('last page', { page: lastPage, total: users }, { atMost: 2 })
}

/** Beside 50 rows by their keys, through the same client. */
async function page(name: string, asked: Page, target: Target) {
  await race({ name: `section: ${name}`, target, runs: 5, times: 20, bare: rowsByKey, ours: () => show(asked) })
}

/** What the section reads for its table: the rows of the page with their columns and the titles of what they point at. */
async function show({ filter = everything, search = '', sort = '-createdAt', page: number = 1, total: known }: Page) {
  const { where } = countedBy({ object: user(), filter, search }, reader)
  const shown = { columns: user().columns, reader }
  return pageOfRows({ object: user(), where, sort, size: SIZE, page: number, total: known, shown })
}

async function rowsByKey() {
  const from = 1 + Math.floor(Math.random() * (users - SIZE))
  await rows(
    sql`select id, created_at, updated_at, surname, given_name, middle_name, type_id, status_id, gender_id, birth_date, is_test,
        external_id, locale, registration_source_id
      from users where id between ${from}::bigint and ${from + SIZE - 1}::bigint order by id`
  )
}

async function counts() {
  const few = all({ field: 'surname', operator: 'equal', value: [await frequentSurname()] })
  const many = all({ relation: 'receipts', operator: 'exists', where: all({ field: 'issuedAt', operator: 'lastDays', value: ['365'] }) })
  const byKey = () => row(sql`select * from users where id = ${1 + Math.floor(Math.random() * users)}::bigint`)

  await race({
    name: 'total of all, for the first time',
    target: { atMost: 2 },
    bare: () => row(sql`select count(*) from users where deleted_at is null`),
    ours: () => total({}, nextQuestion()),
  })
  await race({ name: 'total of all, asked again', target: { atMost: 2 }, times: 20, bare: byKey, ours: () => total({}, 'again') })
  await race({
    name: 'total: a frequent surname',
    target: { atMost: 2 },
    times: 5,
    bare: async () => row(sql`select count(*) from users where deleted_at is null and surname = ${await frequentSurname()}`),
    ours: () => total({ filter: few }, nextQuestion()),
  })
  const search = await partOfASurname()
  await race({ name: 'total: search in names', target: { atMost: 12 }, times: 5, bare: rowsByKey, ours: () => total({ search }, nextQuestion()) })
  await race({
    name: 'total: bought this year',
    target: { atMost: 1.5 },
    bare: () =>
      row(
        sql`select count(*) from users u where u.deleted_at is null
          and exists (select from receipts r where r.user_id = u.id and r.issued_at >= now() - interval '365 days')`
      ),
    ours: () => total({ filter: many }, nextQuestion()),
  })
}

/** Totals are kept for a while under their question, so a new one is asked for each that shall be counted. */
async function total({ filter = everything, search = '' }: Page, question: string) {
  return totalOf({ ...countedBy({ object: user(), filter, search }, reader), question })
}

let questions = 0
const nextQuestion = () => `${++questions}`

/** Five letters of somebody's name, of a frequency in between. */
async function partOfASurname() {
  const person = await row<{ part: string }>(
    sql`select substr(lower(surname), 2, 5) as part from users where length(surname) > 6 and id > ${Math.floor(users / 3)} order by id limit 1`
  )
  return person!.part
}

let frequent: string | undefined

async function frequentSurname() {
  frequent ??= (await row<{ surname: string }>(
    sql`select surname from users tablesample system (5) group by surname order by count(*) desc limit 1`
  ))!.surname
  return frequent
}

function all(...of: FilterNode[]): Group {
  return { logic: 'and', of }
}
