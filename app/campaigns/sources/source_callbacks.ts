import { transaction } from '#core/database'
import { type Actor } from '#core/objects'
import { newSigningSecret, revoke, rotate, sealed } from '#core/secrets'
import { callbackSecret } from './callback_secret.js'
import { outdateSources } from './source_by_code.js'

/** Gives the callbacks of a source their secrets, the first ones or other ones, and answers what they follow from: nobody is shown it again. */
export async function giveCallbackSecret(id: number, overlapHours: number, actor: Actor): Promise<string> {
  const root = newSigningSecret()
  await transaction((trx) => rotate(callbackSecret, id, { kept: sealed(root), overlapHours, actor }, trx))
  outdateSources()
  return root
}

/** From now on nobody calls the source back. */
export async function revokeCallbackSecret(id: number, actor: Actor) {
  await transaction((trx) => revoke(callbackSecret, id, actor, trx))
  outdateSources()
}
