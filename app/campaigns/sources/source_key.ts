import { execute, sql, transaction } from '#core/database'
import { type Actor } from '#core/objects'
import { beginningOf, hashOfSecret, newKeySecret, revoke, rotate } from '#core/secrets'
import { outdateSources } from './source_by_code.js'
import { sourceKeys, sourceSecret } from './source_secret.js'

/** Gives a source a secret key, the first one or another one, and answers it written out: the only time that anybody sees it. */
export async function giveKey(id: number, overlapHours: number, actor: Actor): Promise<string> {
  const secret = newKeySecret()
  const written = sourceKeys.write(id, secret)
  await transaction(async (trx) => {
    await execute(sql`update sources set key_beginning = ${beginningOf(secret)} where id = ${id}`, trx)
    await rotate(sourceSecret, id, { kept: hashOfSecret(written), overlapHours, actor }, trx)
  })
  outdateSources()
  return written
}

/** From now on no key opens the source. */
export async function revokeSourceKey(id: number, actor: Actor) {
  await transaction((trx) => revoke(sourceSecret, id, actor, trx))
  outdateSources()
}
