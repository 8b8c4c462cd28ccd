import { row, sql, transaction } from '#core/database'
import { recount } from '#app/segments'
import { freeze } from '../../app/communication/audience/freeze.js'
import { aCommunication, aSegment, aSend, termsOfAdvertising } from './mailing.js'
import { race } from './race.js'
import { reader } from './reader.js'

/** One statement that writes a delivery for each recipient, beside the bare question of who they are (DATA, 3). */
export default async function audience() {
  const segmentId = await aSegment('audience of the bench')
  const { count } = await recount(segmentId, reader.timezone)
  const communicationId = await aCommunication()
  const terms = await termsOfAdvertising()
  let sendId = 0

  await race({
    name: `audience of ${count.toLocaleString('en')} members, frozen`,
    target: { atMost: 8 },
    bare: () => candidates(segmentId),
    prepare: async () => (sendId = await aSend(communicationId, segmentId)),
    ours: () =>
      transaction((trx) => freeze({ id: sendId, communicationId }, { segmentId, identifierIds: [] }, terms, trx)),
  })
}

async function candidates(segmentId: number) {
  await row(
    sql`select count(*) from (
        select distinct on (u.id) u.id, i.id, i.value
        from segment_current m
        join users u on u.id = m.member_id
        join user_statuses s on s.id = u.status_id and s.allows_sending
        join user_identifiers i on i.user_id = u.id and i.type = 'email' and i.active and i.confirmed
        where m.segment_id = ${segmentId} and not u.is_test and u.personal_data_agree and u.communication_agree
          and not exists (select 1 from user_unsubscribes x where x.user_id = u.id)
        order by u.id, i.id
      ) candidate`
  )
}
