import { execute, row, sql, transaction } from '#core/database'
import { recordChange } from '#core/audit'
import { type Actor } from '#core/objects'
import { newSigningSecret, sealed, unsealed } from '#core/secrets'

/** Hours for which messages are signed with both, the new secret and the one before it. */
export const OVERLAP_HOURS = 24

/** The secret, for who sets up the other side. The look is written down. */
export async function readSecret(id: number, actor: Actor): Promise<string> {
  const kept = await row<{ secret: string }>(sql`select secret from webhooks where id = ${id}`)
  await recordChange({ actor, action: 'readSecret', object: 'webhook', id })
  return unsealed(kept!.secret)!
}

/** A new secret; for a day messages are signed with the former one, too, so that nothing stops meanwhile. */
export async function rotateSecret(id: number, actor: Actor) {
  await transaction(async (trx) => {
    await execute(
      sql`update webhooks set former_secret = secret, former_until = now() + ${OVERLAP_HOURS} * interval '1 hour',
        secret = ${sealed(newSigningSecret())}, updated_at = now() where id = ${id}`,
      trx
    )
    await recordChange({ actor, action: 'rotateSecret', object: 'webhook', id }, trx)
  })
}
