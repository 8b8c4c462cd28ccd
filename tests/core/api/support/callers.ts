import { scopeOf, scopeRightsOf } from '#core/access'
import { execute, sql } from '#core/database'
import { hashOfSecret, newSecret } from '#core/secrets'
import { objects } from '#core/objects'
import { offeredToSystems } from '../../../../app/core/api/objects/offered.js'
import { makeKey } from '../../../../app/core/access/api_keys/api_key.js'

/** A customer who is signed in at a source. Answers the headers that prove it. */
export async function signedIn(user: number, source = 'site') {
  const token = `tsc_${newSecret()}`
  await execute(
    sql`insert into user_sessions (user_id, source_id, hash, method, address, agent, idle_days, expires_at)
      select ${user}, id, ${hashOfSecret(token)}, 'user/login', '127.0.0.1', '', 30, now() + interval '1 day' from sources where code = ${source}`
  )
  return { authorization: `Bearer ${token}` }
}

/** The headers of another system with these rights; with all that a key may be given when they are not named. */
export async function systemWith(...scopes: string[]) {
  const { written } = await makeKey({ name: 'Shop', scopes: scopes.length ? scopes : allScopes(), networks: null, expiresAt: null }, { staffId: null })
  return { authorization: `Bearer ${written}` }
}

export function allScopes() {
  return offeredToSystems(objects.all()).flatMap(({ object }) => scopeRightsOf(object).map((right) => scopeOf(object.name, right)))
}
