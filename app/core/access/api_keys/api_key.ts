import { execute, row, rows, sql, transaction } from '#core/database'
import { recordChange } from '#core/audit'
import { DomainError, type Actor } from '#core/objects'
import { beginningOf, hashOfSecret, keyForm, newKeySecret, rotate, type RotatedSecret } from '#core/secrets'

export const keys = keyForm('tsr')

export const keySecret: RotatedSecret = { object: 'api_key', table: 'api_keys', column: 'hash', until: 'former_until', actions: { rotate: 'rotateKey' } }

/** A key that was revoked stays so. */
class KeyRevoked extends DomainError {
  readonly code = 'keyRevoked'
}

export interface KeyDraft {
  name: string
  scopes: string[]
  /** As `readNetworks` writes them; null lets all addresses in. */
  networks: string | null
  expiresAt: Date | null
}

/** Makes a key and answers it written out: the only time that anybody sees it. */
export async function makeKey(draft: KeyDraft, actor: Actor): Promise<{ id: number; written: string }> {
  const { name, scopes, networks, expiresAt } = draft
  const secret = newKeySecret()
  return transaction(async (trx) => {
    const made = await row<{ id: number }>(
      sql`insert into api_keys (name, beginning, hash, scopes, networks, expires_at, staff_id)
        values (${name}, ${beginningOf(secret)}, ${hashOfSecret(secret)}, ${scopes}::text[], ${networks}, ${expiresAt}, ${actor.staffId})
        returning id`,
      trx
    )
    const after = { name, scopes: scopes.join(', '), networks, expiresAt }
    await recordChange({ actor, action: 'create', object: 'api_key', id: made!.id, after }, trx)
    return { id: made!.id, written: keys.write(made!.id, secret) }
  })
}

/** Gives a key another secret; the former one goes on for so many hours, so that nothing stops meanwhile. Throws `KeyRevoked`. */
export async function rotateKey(id: number, overlapHours: number, actor: Actor): Promise<string> {
  const secret = newKeySecret()
  await transaction(async (trx) => {
    const alive = await execute(
      sql`update api_keys set beginning = ${beginningOf(secret)}, rotated_at = now() where id = ${id} and revoked_at is null`,
      trx
    )
    if (!alive) throw new KeyRevoked()
    await rotate(keySecret, id, { kept: hashOfSecret(secret), overlapHours, actor }, trx)
  })
  return keys.write(id, secret)
}

/** From now on the key opens nothing. */
export async function revokeKey(id: number, actor: Actor) {
  await transaction(async (trx) => {
    const revoked = await execute(
      sql`update api_keys set revoked_at = now(), updated_at = now() where id = ${id} and revoked_at is null`,
      trx
    )
    if (revoked) await recordChange({ actor, action: 'revokeKey', object: 'api_key', id }, trx)
  })
}

export async function scopesOf(id: number): Promise<string[]> {
  const [key] = await rows<{ scopes: string[] }>(sql`select scopes from api_keys where id = ${id}`)
  return key?.scopes ?? []
}

export async function changeScopes(id: number, scopes: string[], actor: Actor) {
  await transaction(async (trx) => {
    const before = await row<{ scopes: string[] }>(sql`select scopes from api_keys where id = ${id} for update`, trx)
    await execute(sql`update api_keys set scopes = ${scopes}::text[], updated_at = now() where id = ${id}`, trx)
    const told = (list: string[]) => ({ scopes: list.join(', ') })
    await recordChange({ actor, action: 'edit', object: 'api_key', id, before: told(before!.scopes), after: told(scopes) }, trx)
  })
}
