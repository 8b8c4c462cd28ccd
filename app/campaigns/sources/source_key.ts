import { beginningOf, hashOfSecret, newKeySecret, writeKey } from '#core/access'
import { recordChange } from '#core/audit'
import { execute, sql, transaction } from '#core/database'
import { type Actor } from '#core/objects'
import { outdateSources } from './source_by_code.js'

/**
 * Gives a source a secret key, and answers it written out: the only time that anybody sees it. The one before it goes on for so many hours, so that
 * nothing stops meanwhile.
 */
export async function giveKey(id: number, overlapHours: number, actor: Actor): Promise<string> {
  const secret = newKeySecret()
  const written = writeKey(id, secret, 'tss')
  await transaction(async (trx) => {
    await execute(
      sql`update sources set
          former_key_hash = key_hash, former_key_until = case when key_hash is not null then now() + ${overlapHours} * interval '1 hour' end,
          key_hash = ${hashOfSecret(written)}, key_beginning = ${beginningOf(secret)}, updated_at = now()
        where id = ${id}`,
      trx
    )
    await recordChange({ actor, action: 'giveSourceKey', object: 'source', id, after: { overlapHours } }, trx)
  })
  outdateSources()
  return written
}

/** From now on no key opens the source. */
export async function revokeSourceKey(id: number, actor: Actor) {
  await transaction(async (trx) => {
    const revoked = await execute(
      sql`update sources set key_hash = null, key_beginning = null, former_key_hash = null, former_key_until = null, updated_at = now()
        where id = ${id} and key_hash is not null`,
      trx
    )
    if (revoked) await recordChange({ actor, action: 'revokeSourceKey', object: 'source', id }, trx)
  })
  outdateSources()
}
