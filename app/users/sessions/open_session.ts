import { execute, sql, type Transaction } from '#core/database'
import { SourceKeyNeeded, type Call } from '#core/methods'
import { hashOfSecret, newSecret } from '#core/secrets'

/** How a token begins, so that one which leaked is known for what it is. */
export const BEGINNING = 'tsc_'

/** What a source without a campaign gives; a campaign says it in its card. */
const DAYS = 365
const IDLE_DAYS = 30

/** By what a session is known when one looks at it later. */
export type Place = Pick<Call, 'source' | 'method' | 'address' | 'userAgent' | 'byServer'>

/**
 * Signs a customer in who has proved who they are. Answers the token, which is told once and kept nowhere. The key of a server may have been revoked or
 * changed while it was served: no session comes behind those that ended with it.
 */
export async function openSession(userId: number, { source, method, address, userAgent, byServer }: Place, trx: Transaction): Promise<string> {
  if (byServer && !(await source.holdKeys(trx))) throw new SourceKeyNeeded()
  const token = BEGINNING + newSecret()
  await execute(
    sql`insert into user_sessions (user_id, source_id, hash, method, address, agent, by_server, idle_days, expires_at)
      select ${userId}, s.id, ${hashOfSecret(token)}, ${method}, ${address}, ${userAgent}, ${byServer}, coalesce(c.session_idle_days, ${IDLE_DAYS}),
        now() + coalesce(c.session_days, ${DAYS}) * interval '1 day'
      from sources s left join campaigns c on c.id = s.campaign_id where s.id = ${source.id}`,
    trx
  )
  return token
}
