import { recordChange } from '#core/audit'
import { execute, row, sql, type Transaction } from '#core/database'
import { type Actor } from '#core/objects'
import { lockPerson } from '../merge/lock_person.js'
import { lockOwned } from './owners.js'
import { settle } from './settle.js'

/**
 * The customer has proved that the identifier is theirs: it becomes the active one of its type, unless one that was entered later is
 * confirmed already (F26, F32). Answers whether it became active. Confirming it again changes nothing,
 * nor does confirming one that they have given up.
 */
export async function confirmIdentifier(id: number, trx: Transaction, actor: Actor = { staffId: null }): Promise<boolean> {
  const owner = await row<{ userId: number }>(sql`select user_id as "userId" from user_identifiers where id = ${id}`, trx)
  if (!owner) return false
  await lockPerson(owner.userId, trx)
  if (!(await lockOwned(id, trx))) return false
  const confirmed = await execute(
    sql`update user_identifiers set confirmed = true, confirmed_at = now(), updated_at = now() where id = ${id} and not confirmed`,
    trx
  )
  const [raised] = await settle([id], actor, trx)
  if (!confirmed && !raised) return false
  const changed = (value: boolean) => ({ ...(confirmed && { confirmed: value }), ...(raised && { active: value }) })
  await recordChange({ actor, action: 'edit', object: 'identifier', id, before: changed(false), after: changed(true) }, trx)
  return Boolean(raised)
}
