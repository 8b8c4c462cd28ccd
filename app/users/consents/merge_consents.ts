import { execute, rows, sql, type Transaction } from '#core/database'
import { recordConsents } from './record_consent.js'
import { setRegime, regimeOf } from './regime.js'
import { type Origin } from './said_by.js'
import { choose, unchoose, unsubscribe, type Subject } from './unsubscriptions.js'

/**
 * Two customers become one: of each pair of words the stricter one is kept by `into` (F27). Whoever said no stays left alone; under
 * "agree only to" nothing is chosen that the other did not get, too. What `from` said stays as it is, in its rows and in the log.
 */
export async function mergeConsents(from: number, into: number, origin: Origin, trx: Transaction) {
  await execute(sql`select from users where id = any(${[from, into]}::bigint[]) order by id for no key update`, trx)
  const merging: Origin = { ...origin, source: 'merge' }
  await recordConsents(
    sql`select ${into}::bigint as user_id, w.kind, false as value, null::bigint as campaign_id, null::bigint as document_id
      from users one join users other on other.id = ${from}
      cross join lateral (values ('personal_data', one.personal_data_agree, other.personal_data_agree),
        ('communication', one.communication_agree, other.communication_agree)) w (kind, mine, theirs)
      where one.id = ${into} and w.mine and not w.theirs
      union all
      select ${into}::bigint, 'campaign', o.value, o.campaign_id, null::bigint
      from user_campaign_agrees o left join user_campaign_agrees m on m.user_id = ${into} and m.campaign_id = o.campaign_id
      where o.user_id = ${from} and (m.value is null or m.value and not o.value)`,
    merging,
    trx
  )
  await mergeChoices(from, into, merging, trx)
  for (const left of await subjects(sql`${leftBy(from)} except ${leftBy(into)}`, into, trx)) await unsubscribe(left, merging, trx)
}

async function mergeChoices(from: number, into: number, origin: Origin, trx: Transaction) {
  const [theirs, mine] = [await regimeOf(from, trx), await regimeOf(into, trx)]
  if (theirs === 'except') return
  const wanted = await subjects(mine === 'except' ? chosenBy(from) : chosenByBoth(from, into), into, trx)
  const before = await subjects(chosenBy(into), into, trx)
  await setRegime(into, 'only', origin, trx)
  for (const old of before.filter((one) => !wanted.some((other) => same(one, other)))) await unchoose(old, origin, trx)
  for (const one of wanted) await choose(one, origin, trx)
}

const leftBy = (userId: number) => sql`select channel_id, category_id from user_unsubscribes where user_id = ${userId}`

const chosenBy = (userId: number) => sql`select * from user_subscriptions where user_id = ${userId}`

/** Where what one chose and what the other chose meet; empty stands for all. */
const chosenByBoth = (from: number, into: number) => sql`
  select distinct coalesce(a.channel_id, b.channel_id) as channel_id, coalesce(a.category_id, b.category_id) as category_id
  from user_subscriptions a join user_subscriptions b
    on coalesce(a.channel_id = b.channel_id, true) and coalesce(a.category_id = b.category_id, true)
  where a.user_id = ${from} and b.user_id = ${into}`

async function subjects(pairs: ReturnType<typeof chosenBy>, userId: number, trx: Transaction): Promise<Subject[]> {
  return rows<Subject>(
    sql`select ${userId}::bigint as "userId", channel_id as "channelId", category_id as "categoryId" from (${pairs}) p`,
    trx
  )
}

function same(one: Subject, other: Subject) {
  return one.channelId === other.channelId && one.categoryId === other.categoryId
}
