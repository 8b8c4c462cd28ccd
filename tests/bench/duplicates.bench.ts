import { execute, row, sql, transaction } from '#core/database'
import { everything } from '#core/filters'
import { objects } from '#core/objects'
import { findDuplicates } from '../../app/users/merge/find_duplicates_job.js'
import { countedBy } from '../../app/core/screens/list/counted.js'
import { pageOfRows } from '../../app/core/screens/list/page_of_rows.js'
import { race } from './race.js'
import { reader } from './reader.js'

const SIZE = 50

/**
 * The search for customers who may be one person, beside the four bare questions that it cannot do without: which phones, mailboxes, cards
 * and names are several customers'. One in a hundred has another one's phone, one another one's mailbox, and one their name and birthday.
 */
export default async function duplicates() {
  await makeAlike()
  const find = () => transaction(findDuplicates)
  const forget = () => execute(sql`delete from user_duplicates`)
  await race({ name: 'duplicates: all found for the first time', target: { atMost: 3 }, bare: alike, prepare: forget, ours: find })
  await race({ name: 'duplicates: nothing new since yesterday', target: { atMost: 3 }, bare: alike, ours: find })
  await race({ name: 'duplicates: first page of the list', target: { atMost: 3 }, runs: 5, times: 20, bare: pairsByKey, ours: page })
}

async function makeAlike() {
  const last = (await row<{ id: number }>(sql`select max(id) as id from users`))!.id
  await execute(
    sql`insert into user_identifiers (user_id, type, value, active)
      select id, 'phone', '+79' || lpad((id - 1)::text, 9, '0'), false from users where id % 100 = 3
      union all
      select id, 'email', 'user' || id - 1 || '+shop@example.com', false from users where id % 100 = 5`
  )
  await execute(
    sql`update users u set surname = o.surname, given_name = o.given_name, middle_name = null, birth_date = o.birth_date
      from users o where o.id = u.id - 1 and u.id % 100 = 7 and u.id < ${last}`
  )
  await execute(sql`vacuum analyze users, user_identifiers`)
}

async function alike() {
  await transaction(async (trx) => {
    await execute(sql`set local work_mem = '256MB'`, trx)
    for (const type of ['phone', 'email', 'card']) {
      await row(
        sql`select count(*) from (
          select value from user_identifiers where type = ${type} group by value having count(distinct user_id) between 2 and 10
        ) shared`,
        trx
      )
    }
    await row(
      sql`select count(*) from (
        select from users where deleted_at is null and birth_date is not null group by lower(surname), lower(given_name), birth_date
        having count(*) between 2 and 10
      ) shared`,
      trx
    )
  })
}

async function page() {
  const object = objects.get('user_duplicate')
  const { where } = countedBy({ object, filter: everything, search: '' }, reader)
  return pageOfRows({ object, where, sort: '-createdAt', size: SIZE, page: 1, shown: { columns: object.columns, reader } })
}

async function pairsByKey() {
  await row(
    sql`select d.*, one.surname, one.given_name, other.surname, other.given_name
      from user_duplicates d join users one on one.id = d.user_id join users other on other.id = d.other_id
      order by d.id desc limit ${SIZE}`
  )
}
