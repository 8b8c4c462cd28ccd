import { execute, identifier, row, sql } from '#core/database'
import { type Session, type Source } from '#core/methods'
import { hashOfSecret } from '#core/secrets'
import { admitUser } from '../standing/admit.js'
import { alive } from './alive.js'
import { BEGINNING } from './open_session.js'

/** 256 bits in base64url. */
const TOKEN = new RegExp(`^${BEGINNING}[\\w-]{43}$`)

/** Whose token it is, if it was given at this source and the session goes on. Throws the refusal of who is not served any more. */
export async function sessionOf(token: string, source: Source): Promise<Session | undefined> {
  if (!TOKEN.test(token)) return undefined
  const found = await row<Session & { stale: boolean }>(
    sql`select id, user_id as "userId", last_seen_at < now() - interval '1 minute' as stale from user_sessions s
      where hash = ${hashOfSecret(token)} and source_id = ${source.id} and ${alive(identifier('s'))}`
  )
  if (!found) return undefined
  const userId = await admitUser(found.userId)
  if (found.stale) await execute(sql`update user_sessions set last_seen_at = now() where id = ${found.id}`)
  return { id: found.id, userId }
}
