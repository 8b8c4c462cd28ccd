import { row, sql, transaction } from '#core/database'
import { recordChange } from '#core/audit'
import { type Actor } from '#core/objects'
import { newSigningSecret, rotate, sealed, unsealed, type RotatedSecret } from '#core/secrets'

/** While it is changed messages are signed with both, the new secret and the one before it. */
export const webhookSecret: RotatedSecret = {
  object: 'webhook',
  table: 'webhooks',
  column: 'secret',
  until: 'former_until',
  actions: { rotate: 'rotateSecret' },
}

/** The secret, for who sets up the other side. The look is written down. */
export async function readSecret(id: number, actor: Actor): Promise<string> {
  const kept = await row<{ secret: string }>(sql`select secret from webhooks where id = ${id}`)
  await recordChange({ actor, action: 'readSecret', object: 'webhook', id })
  return unsealed(kept!.secret)!
}

/** Gives a webhook another secret, and answers it. */
export async function rotateSecret(id: number, overlapHours: number, actor: Actor): Promise<string> {
  const secret = newSigningSecret()
  await transaction((trx) => rotate(webhookSecret, id, { kept: sealed(secret), overlapHours, actor }, trx))
  return secret
}
