import { execute, row, sql } from '#core/database'
import { type Session, type Source } from '#core/methods'
import { hashOfSecret } from '#core/secrets'
import { admit, candidate, type Candidate } from '../standing/admit.js'
import { alive } from './alive.js'
import { BEGINNING } from './open_session.js'

/** 256 bits in base64url. */
const TOKEN = new RegExp(`^${BEGINNING}[\\w-]{43}$`)

/** Whose token it is, if it was given at this source and the session goes on. Throws the refusal of who is not served any more. */
export async function sessionOf(token: string, source: Source): Promise<Session | undefined> {
  if (!TOKEN.test(token)) return undefined
  const found = await row<Candidate & { session: number; stale: boolean }>(
    sql`select s.id as session, s.last_seen_at < now() - interval '1 minute' as stale, c.*
      from user_sessions s left join lateral ${candidate(sql`s.user_id`)} c on true
      where s.hash = ${hashOfSecret(token)} and s.source_id = ${source.id} and ${alive(sql`s`)}`
  )
  if (!found) return undefined
  const userId = admit(found.id ? found : undefined)
  if (found.stale) await execute(sql`update user_sessions set last_seen_at = now() where id = ${found.session}`)
  return { id: found.session, userId }
}
