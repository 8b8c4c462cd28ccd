import { recordChange } from '#core/audit'
import { execute, identifier, sql, type Sql, type Transaction } from '#core/database'
import { type Actor } from '#core/objects'

/**
 * A column that holds a secret, as its hash or sealed. `former_<column>` beside it keeps the one before it, which goes on until the moment in
 * the column `until`, so that nothing stops while the other side is given the new one.
 */
export interface RotatedSecret {
  object: string
  table: string
  column: string
  until: string
  /** What the log says of a new one, and of the end of all. */
  actions: { rotate: string; revoke?: string }
}

interface Rotation {
  /** What is kept of the new secret. */
  kept: Buffer | string
  overlapHours: number
  actor: Actor
}

/** Hours for which the former secret goes on beside a new one. */
export const overlaps = [0, 1, 24, 168] as const

/** As a form says it; no longer at all where it says something else. */
export const overlapOf = (sent: unknown): number => overlaps.find((known) => String(known) === sent) ?? 0

/** Puts a secret in the place of the present one, if there is one. */
export async function rotate({ object, table, actions, ...secret }: RotatedSecret, id: number, rotation: Rotation, trx: Transaction) {
  const { column, former, until } = columnsOf(secret)
  const { kept, overlapHours, actor } = rotation
  await execute(
    sql`update ${identifier(table)} set ${former} = ${column}, ${column} = ${kept}, updated_at = now(),
        ${until} = case when ${column} is not null then now() + ${overlapHours} * interval '1 hour' end
      where id = ${id}`,
    trx
  )
  await recordChange({ actor, action: actions.rotate, object, id, after: { overlapHours } }, trx)
}

/** From now on neither the present one is good nor the one before it. */
export async function revoke({ object, table, actions, ...secret }: RotatedSecret, id: number, actor: Actor, trx: Transaction) {
  const { column, former, until } = columnsOf(secret)
  const revoked = await execute(
    sql`update ${identifier(table)} set ${column} = null, ${former} = null, ${until} = null, updated_at = now()
      where id = ${id} and ${column} is not null`,
    trx
  )
  if (revoked) await recordChange({ actor, action: actions.revoke!, object, id }, trx)
}

/** An array of what is kept of those that are good now, the present one first. */
export function goodSecrets(secret: RotatedSecret, row: Sql): Sql {
  const { column, former, until } = columnsOf(secret)
  return sql`array_remove(array[${row}.${column}, case when ${row}.${until} > now() then ${row}.${former} end], null)`
}

function columnsOf({ column, until }: Pick<RotatedSecret, 'column' | 'until'>) {
  return { column: identifier(column), former: identifier(`former_${column}`), until: identifier(until) }
}
