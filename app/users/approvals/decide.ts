import { row, sql, type Transaction } from '#core/database'
import { edit, objects, type Actor } from '#core/objects'
import { lockPerson } from '../merge/lock_person.js'
import { RequestDecided } from './refusals.js'
import { tellJob } from './tell_job.js'

/** A request that waits, as those need it who decide on it. */
interface OpenRequest {
  id: number
  /** Who asked, as they are now. */
  userId: number
  type: string
  value: string
  source: { id: number; campaign: { id: number; code: string } | null } | null
}

/** Nobody else decides on it before the transaction is over. Throws `RequestDecided`. */
export async function lockRequest(id: number, trx: Transaction): Promise<OpenRequest> {
  const asked = await row<{ userId: number }>(sql`select user_id as "userId" from identifier_requests where id = ${id}`, trx)
  if (!asked) throw new RequestDecided()
  const userId = await lockPerson(asked.userId, trx)
  const open = await row<Omit<OpenRequest, 'userId'>>(
    sql`select r.id, r.type, r.value, case when s.id is not null then jsonb_build_object('id', s.id, 'campaign',
          case when c.id is not null then jsonb_build_object('id', c.id, 'code', c.code) end) end as source
      from identifier_requests r left join sources s on s.id = r.source_id left join campaigns c on c.id = s.campaign_id
      where r.id = ${id} and r.state = 'open' for update of r`,
    trx
  )
  if (!open) throw new RequestDecided()
  return { ...open, userId }
}

interface Decision {
  state: 'approved' | 'declined'
  answer?: string
}

/** Keeps what was decided, and lets the customer be told. */
export async function keepDecision({ id }: OpenRequest, { state, answer }: Decision, actor: Actor, trx: Transaction) {
  const decided = { state, decidedBy: actor.staffId, decidedAt: new Date() }
  await edit(objects.get('identifier_request'), id, answer === undefined ? decided : { ...decided, answer }, actor, trx)
  await tellJob.start({ request: id, stage: state }, { actor, trx, title: `№ ${id}`, subject: { object: 'identifier_request', id } })
}
