import { execute, row, sql, transaction, type Sql } from '#core/database'
import { recount } from '#app/segments'
import { freeze } from '../../app/communication/audience/freeze.js'
import { type Terms } from '../../app/communication/audience/rules.js'
import { aCommunication, aSegment, aSend, termsOfAdvertising } from './mailing.js'
import { race } from './race.js'
import { reader } from './reader.js'

/** One statement that writes a delivery for each recipient, beside the bare question of who they are (DATA, 3). */
export default async function audience() {
  const segmentId = await aSegment('audience of the bench')
  const { count } = await recount(segmentId, reader.timezone)
  const communicationId = await aCommunication()
  const members = count.toLocaleString('en')
  const terms = await termsOfAdvertising()
  await frozen(`audience of ${members} members, frozen`, terms, sql`true`)

  const categoryId = await chooseForThemselves(terms.channelId)
  await frozen(`audience of ${members}, who chose themselves`, { ...terms, categoryId }, chosen(terms.channelId, categoryId))

  async function frozen(name: string, asked: Terms, agreed: Sql) {
    let sendId = 0
    await race({
      name,
      target: { atMost: 8 },
      bare: () => candidates(segmentId, agreed),
      prepare: async () => (sendId = await aSend(communicationId, segmentId)),
      ours: () => transaction((trx) => freeze({ id: sendId, communicationId }, { segmentId, identifierIds: [] }, asked, trx)),
    })
  }
}

async function candidates(segmentId: number, agreed: Sql) {
  await row(
    sql`select count(*) from (
        select distinct on (u.id) u.id, i.id, i.value
        from segment_current m
        join users u on u.id = m.member_id
        join user_statuses s on s.id = u.status_id and s.allows_sending
        join user_identifiers i on i.user_id = u.id and i.type = 'email' and i.active and i.confirmed
        where m.segment_id = ${segmentId} and not u.is_test and u.personal_data_agree and u.communication_agree and ${agreed}
          and not exists (select 1 from user_unsubscribes x where x.user_id = u.id)
        order by u.id, i.id
      ) candidate`
  )
}

/** Half of all take only what they chose, two thirds of them this category; of the others a tenth left it, and a tenth left mail. */
async function chooseForThemselves(channelId: number) {
  const category = await row<{ id: number }>(sql`select id from unsubscribe_categories order by id limit 1`)
  await execute(sql`update users set communication_regime = 'only' where id % 2 = 0`)
  await execute(
    sql`insert into user_subscriptions (user_id, channel_id, category_id, source)
      select id, case when id % 4 = 0 then ${channelId}::bigint end, ${category!.id}, 'api' from users where id % 2 = 0 and id % 3 <> 0`
  )
  await execute(
    sql`insert into user_unsubscribes (user_id, channel_id, category_id, source)
      select id, ${channelId}::bigint, case when id % 20 = 1 then ${category!.id}::bigint end, 'api' from users where id % 10 = 1`
  )
  await execute(sql`vacuum analyze users, user_subscriptions, user_unsubscribes`)
  return category!.id
}

const chosen = (channelId: number, categoryId: number): Sql =>
  sql`(u.communication_regime = 'except' or exists (
    select 1 from user_subscriptions y
    where y.user_id = u.id and coalesce(y.channel_id, ${channelId}) = ${channelId} and coalesce(y.category_id, ${categoryId}) = ${categoryId}
  ))`
