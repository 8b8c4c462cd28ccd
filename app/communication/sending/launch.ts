import { recordChange } from '#core/audit'
import { row, sql, transaction, type Transaction } from '#core/database'
import { NotFound } from '#core/http'
import { InvalidFields, MANY, type Actor } from '#core/objects'
import { judge, type Choice, type Judgement } from '../audience/audience.js'
import { type Terms } from '../audience/rules.js'
import { communicationOf, type Communication } from '../communication.js'
import { compile } from '../content/compile.js'
import { AlreadySending, CountNotConfirmed, NobodyToSendTo, NotReady } from '../refusals.js'
import { prepareJob } from './prepare_job.js'

export interface Launch extends Choice {
  /** Only customers marked as test; such a send is kept apart from the live figures (F50). */
  testCustomers?: boolean
  /** Recount the segment before the audience is frozen. */
  recount?: boolean
  perMinute?: number | null
  /** What the person typed when the audience is large. */
  confirmedCount?: number | null
}

/**
 * Sends a communication to a segment or to chosen identifiers: writes the send and starts its preparation. Throws `NotReady`,
 * `NobodyToSendTo`, `CountNotConfirmed`, `AlreadySending`; `NotFound` and `InvalidFields` for what went to the trash meanwhile.
 */
export async function launch(communicationId: number, choice: Launch, actor: Actor, timezone = 'UTC'): Promise<number> {
  const communication = await communicationOf(communicationId)
  await refuseUnready(communication)
  refuseUnconfirmed(choice, await preview(communication, choice))

  return transaction(async (trx) => {
    await holdOutOfTrash(communication, choice, trx)
    const id = await writeSend(communication, choice, actor, trx)
    const subject = { object: 'send', id }
    const run = await prepareJob.start({ send: id, timezone }, { actor, trx, title: communication.name, subject })
    await row(sql`update sends set run_id = ${run} where id = ${id}`, trx)
    await recordChange({ actor, action: 'send.launch', object: 'send', id, after: { communicationId, ...choice } }, trx)
    return id
  })
}

/** Who would get it and who would not, and why. */
export async function preview(communication: Communication, choice: Launch): Promise<Judgement> {
  return judge(choice, termsOfCommunication(communication, choice.testCustomers ?? false))
}

function termsOfCommunication({ class: kind, channelId, categoryId, campaignId }: Communication, testCustomers: boolean): Terms {
  return { class: kind, channelId, categoryId, campaignId, testCustomers }
}

async function refuseUnready(communication: Communication) {
  const { problems } = await compile(communication, null)
  const blocking = problems.find((problem) => problem.blocking)
  if (blocking) throw new NotReady(blocking)
}

/** A segment that is recounted first may be empty now and full in a minute. */
function refuseUnconfirmed({ recount, confirmedCount }: Launch, { recipients }: Judgement) {
  if (!recipients && !recount) throw new NobodyToSendTo()
  if (recipients >= MANY && confirmedCount !== recipients) throw new CountNotConfirmed({ count: recipients })
}

/** Whoever puts either into the trash waits, and then sees the send. */
async function holdOutOfTrash({ id }: Communication, { segmentId }: Launch, trx: Transaction) {
  const communication = await row(sql`select from communications where id = ${id} and deleted_at is null for key share`, trx)
  if (!communication) throw new NotFound()
  if (segmentId === null) return
  const segment = await row(sql`select from segments where id = ${segmentId} and deleted_at is null for key share`, trx)
  if (!segment) throw InvalidFields.at('segment', 'reference')
}

async function writeSend({ id }: Communication, choice: Launch, { staffId }: Actor, trx: Transaction): Promise<number> {
  const { segmentId, identifierIds, testCustomers = false, recount = false, perMinute = null } = choice
  const written = await row<{ id: number }>(
    sql`insert into sends (communication_id, segment_id, identifier_ids, test_customers, test, recount, per_minute, staff_id)
      values (${id}, ${segmentId}, ${identifierIds}::bigint[], ${testCustomers}, ${testCustomers}, ${recount}, ${perMinute},
        ${staffId})
      on conflict do nothing
      returning id`,
    trx
  )
  if (!written) throw new AlreadySending()
  return written.id
}
