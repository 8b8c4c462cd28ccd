import { execute, sql, transaction, type Sql, type Transaction } from '#core/database'
import { defineJob } from '#core/jobs'

/** More customers than these sharing something share a till's phone or a test's name, and are not one person. */
const MOST_TOGETHER = 10

/** Looks for customers that may be one person, and keeps what it finds as pairs to be decided on by people (F27). */
export const findDuplicatesJob = defineJob({
  name: 'users.findDuplicates',
  daily: true,
  async run(run) {
    await run.result({ ...(await transaction(findDuplicates)) })
  },
})

export interface Search {
  /** Pairs that are new. */
  found: number
  /** Pairs that nobody decided on, and that share nothing any more. */
  gone: number
}

/** One statement over all customers. What people dismissed is not offered again. */
export async function findDuplicates(trx: Transaction): Promise<Search> {
  await execute(sql`set local work_mem = '256MB'`, trx)
  await execute(sql`create temporary table found_duplicates on commit drop as ${pairs}`, trx)
  const gone = await execute(
    sql`delete from user_duplicates d where d.state = 'open' and d.reason <> 'by_hand' and not exists (
      select from found_duplicates f where f.user_id = d.user_id and f.other_id = d.other_id
    )`,
    trx
  )
  const found = await execute(
    sql`insert into user_duplicates (user_id, other_id, reason) select user_id, other_id, reason from found_duplicates
      on conflict (user_id, other_id) do nothing`,
    trx
  )
  await execute(sql`drop table found_duplicates`, trx)
  return { found, gone }
}

/** Of a group everybody is paired with the first, so that ten alike are nine pairs. */
const grouped = (source: Sql, by: Sql, reason: string) => sql`
  select min(id) over together as user_id, id as other_id, ${reason}::text as reason, count(*) over together as together
  from (${source}) s window together as (partition by ${by})`

/** Numbers that are called are one, whether in a phone or in a messenger, and retired ones count: people change them. */
const samePhone = grouped(
  sql`select distinct i.user_id as id, i.value from user_identifiers i where i.type in ('phone', 'whatsapp', 'viber')`,
  sql`value`,
  'phone'
)

/** What follows a plus is one mailbox, and at Gmail dots are nothing. */
const sameMail = grouped(
  sql`select distinct i.user_id as id,
      case when i.value like '%@gmail.com' then replace(split_part(split_part(i.value, '@', 1), '+', 1), '.', '')
        else split_part(split_part(i.value, '@', 1), '+', 1) end || '@' || split_part(i.value, '@', 2) as mailbox
    from user_identifiers i where i.type = 'email'`,
  sql`mailbox`,
  'email'
)

/** A till leaves out leading zeros, another one does not. */
const sameCard = grouped(
  sql`select distinct i.user_id as id, ltrim(i.value, '0') as card from user_identifiers i where i.type = 'card' and ltrim(i.value, '0') <> ''`,
  sql`card`,
  'card'
)

/** A middle name that is not known contradicts nobody. */
const sameName = grouped(
  sql`select u.id, translate(lower(u.surname), 'ё', 'е') as surname, translate(lower(u.given_name), 'ё', 'е') as given_name, u.birth_date
    from users u
    where u.deleted_at is null and u.surname is not null and u.given_name is not null and u.birth_date is not null`,
  sql`surname, given_name, birth_date`,
  'name'
)

const pairs = sql`
  select distinct on (p.user_id, p.other_id) p.user_id, p.other_id, p.reason
  from (${samePhone} union all ${sameMail} union all ${sameCard} union all ${sameName}) p
  join users one on one.id = p.user_id and one.deleted_at is null
  join users other on other.id = p.other_id and other.deleted_at is null
  where p.together between 2 and ${MOST_TOGETHER} and p.user_id < p.other_id
    and (p.reason <> 'name' or one.middle_name is null or other.middle_name is null
      or translate(lower(one.middle_name), 'ё', 'е') = translate(lower(other.middle_name), 'ё', 'е'))
  order by p.user_id, p.other_id, array_position(array['card', 'phone', 'email', 'name'], p.reason)`
