import { recordChangesFrom } from '#core/audit'
import { rows, sql, type Sql, type Transaction } from '#core/database'
import { type Actor } from '#core/objects'

/** Which of a type goes before which: a confirmed one before one that is not, then the one that was entered later. */
export const rank = (i: Sql): Sql => sql`(${i}.confirmed, ${i}.entered_at, ${i}.id)`

/**
 * Gives identifiers that were just entered or confirmed the place they have earned (F26): the active one of a type is the confirmed
 * one that was entered last, and while none is confirmed the one that was entered last. The others wait beside it, none is deleted.
 */
export async function settle(touched: number[], actor: Actor, trx: Transaction) {
  const retired = await rows<{ id: number }>(
    sql`update user_identifiers a set active = false, updated_at = now()
      from user_identifiers t
      where t.id = any(${touched}::bigint[]) and a.user_id = t.user_id and a.type = t.type and a.active and a.id <> t.id
        and ${rank(sql`t`)} > ${rank(sql`a`)}
      returning a.id`,
    trx
  )
  const raised = await rows<{ id: number }>(
    sql`update user_identifiers i set active = true, updated_at = now()
      where not i.active and (i.user_id, i.id) in (
        select distinct on (t.user_id, t.type) t.user_id, t.id from user_identifiers t
        where t.id = any(${touched}::bigint[]) and not exists (
          select from user_identifiers a where a.user_id = t.user_id and a.type = t.type and a.active
        )
        order by t.user_id, t.type, t.confirmed desc, t.entered_at desc, t.id desc
      ) returning i.id`,
    trx
  )
  await tellActive(retired.map(({ id }) => id), false, actor, trx)
  return raised.map(({ id }) => id)
}

/** The history of identifiers that became active, or were it, by what was done with others. */
export async function tellActive(ids: number[], active: boolean, actor: Actor, trx: Transaction) {
  if (!ids.length) return
  await recordChangesFrom(
    { actor, action: 'edit', object: 'identifier' },
    sql`select id, jsonb_build_object('active', ${!active}::boolean) as before, jsonb_build_object('active', ${active}::boolean) as after
      from unnest(${ids}::bigint[]) as id`,
    trx
  )
}
