import { execute, row, sql, type Transaction } from '#core/database'
import { type Choice } from '../audience/audience.js'
import { type Terms } from '../audience/rules.js'
import { type Content } from '../content/draft.js'
import { type SendState } from './send_states.js'

export { type SendState }

/** What a send keeps of its communication from the moment it is prepared. */
export interface Frozen extends Content {
  providerId: number
  channelId: number
  categoryId: number | null
  campaignId?: number | null
}

/** Why a send stands still or failed: words `send.troubles.<code>`. */
interface Trouble {
  code: string
  params?: Record<string, unknown>
}

export interface Send extends Choice {
  id: number
  communicationId: number
  state: SendState
  test: boolean
  testCustomers: boolean
  recount: boolean
  perMinute: number | null
  startsAt: Date | null
  staffId: number | null
  content: Frozen | null
  recipients: number | null
  trouble: Trouble | null
}

export async function findSend(id: number, trx?: Transaction): Promise<Send | undefined> {
  return row<Send>(
    sql`select id, communication_id as "communicationId", state, test, segment_id as "segmentId",
        identifier_ids as "identifierIds", test_customers as "testCustomers", recount, per_minute as "perMinute",
        starts_at as "startsAt", staff_id as "staffId", content, recipients, trouble
      from sends where id = ${id}`,
    trx
  )
}

export function termsOf({ testCustomers, content }: Pick<Send, 'testCustomers'> & { content: Frozen }): Terms {
  const { class: kind, channelId, categoryId, campaignId } = content
  return { class: kind, channelId, categoryId, campaignId, testCustomers }
}

/** Moves a send on, if it still stands where the caller believes; answers whether it did. */
export async function moveSend(id: number, from: SendState[], to: SendState, trouble: Trouble | null = null, trx?: Transaction) {
  const ended = ['finished', 'cancelled', 'failed'].includes(to)
  const moved = await execute(
    sql`update sends set state = ${to}, trouble = ${trouble && JSON.stringify(trouble)}::jsonb, updated_at = now(),
        started_at = case when ${to} = 'sending' then coalesce(started_at, now()) else started_at end,
        finished_at = case when ${ended}::boolean then now() else finished_at end
      where id = ${id} and state = any(${from}::text[])`,
    trx
  )
  return moved > 0
}

/** Says, or takes back, what hinders a send that goes on nevertheless. */
export async function noteTrouble(id: number, trouble: Trouble | null) {
  await execute(
    sql`update sends set trouble = ${trouble && JSON.stringify(trouble)}::jsonb, updated_at = now()
      where id = ${id} and state = 'sending'`
  )
}
