import { Exception } from '@adonisjs/core/exceptions'
import { execute, row, sql } from '#core/database'
import { goodSecrets, isSecretAmong } from '#core/secrets'
import { keys, keySecret } from './api_key.js'
import { allows } from './networks.js'

/** A system that has proved by its key who it is. */
export interface ApiKey {
  id: number
  name: string
  /** `user:read` (see `scopes.ts`). */
  scopes: string[]
}

/** Nothing proves who asks. Why is told only to who has the right secret: `unknownKey`, `expiredKey`, `revokedKey`. */
class KeyRefused extends Exception {
  static status = 401

  constructor(code: 'unknownKey' | 'expiredKey' | 'revokedKey') {
    super('The key is refused', { code })
  }

  getDefaultHeaders() {
    return { 'WWW-Authenticate': 'Bearer realm="Tessera"' }
  }
}

/** The key is right, and may not be used from there. */
class KeyFromElsewhere extends Exception {
  static status = 403
  static code = 'keyFromElsewhere'
}

interface Kept extends ApiKey {
  hashes: Buffer[]
  networks: string | null
  expired: boolean
  revoked: boolean
  stale: boolean
}

/** Whose request it is, by its header `Authorization: Bearer tsr_...`. Throws `KeyRefused`, `KeyFromElsewhere`. */
export async function keyFrom(header: string | undefined, address: string): Promise<ApiKey> {
  const [, written] = /^Bearer ([\w-]{1,200})$/i.exec(header ?? '') ?? []
  const said = written ? keys.read(written) : null
  const kept = said && (await keptKey(said.id))
  if (!kept || !isSecretAmong(kept.hashes, said.secret)) throw new KeyRefused('unknownKey')
  if (kept.revoked) throw new KeyRefused('revokedKey')
  if (kept.expired) throw new KeyRefused('expiredKey')
  if (!allows(kept.networks, address)) throw new KeyFromElsewhere()

  if (kept.stale) await noteUse(kept.id, address)
  const { id, name, scopes } = kept
  return { id, name, scopes }
}

async function keptKey(id: number): Promise<Kept | undefined> {
  return row<Kept>(
    sql`select id, name, scopes, networks, ${goodSecrets(keySecret, sql`k`)} as hashes,
        coalesce(expires_at <= now(), false) as expired, revoked_at is not null as revoked,
        coalesce(last_used_at < now() - interval '1 minute', true) as stale
      from api_keys k where id = ${id}`
  )
}

/** To within a minute, so that a busy key costs a write now and then. */
async function noteUse(id: number, address: string) {
  await execute(sql`update api_keys set last_used_at = now(), last_used_from = ${address} where id = ${id}`)
}
