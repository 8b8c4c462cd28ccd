import { recordChangesFrom } from '#core/audit'
import { execute, rows, sql, type Sql, type Transaction } from '#core/database'
import { type Actor } from '#core/objects'
import { settle, tellActive } from './settle.js'

/**
 * Addresses of one type that a file brings: `user_id`, `value` and `confirmed`, one row a customer. By the rules of an address that is
 * entered by hand (F26), but for one: a value that the customer has already is not entered anew, or a file that is loaded every night
 * would bring back what they replaced in the day. An address that has become another customer's since the file was looked through is
 * written for its owner alone.
 */
export async function keepBrought(type: string, source: Sql, actor: Actor, trx: Transaction) {
  const brought = sql`brought as materialized (${source})`
  await execute(
    sql`with ${brought}
      insert into identifier_owners (type, value, user_id)
      select ${type}, value, user_id from brought on conflict (type, value) do nothing`,
    trx
  )
  const confirmed = await confirmKnown(type, brought, actor, trx)
  const waiting = await addNew(type, brought, trx)
  if (confirmed.length + waiting.length === 0) return
  const raised = await settle([...confirmed, ...waiting], actor, trx)
  await tellActive(raised, true, actor, trx)
}

async function confirmKnown(type: string, brought: Sql, actor: Actor, trx: Transaction): Promise<number[]> {
  const confirmed = await rows<{ id: number }>(
    sql`with ${brought}, owned as materialized (
        select o.user_id, o.value from identifier_owners o
        join brought b on b.user_id = o.user_id and b.value = o.value and b.confirmed
        where o.type = ${type} for no key update of o
      )
      update user_identifiers i set confirmed = true, confirmed_at = now(), updated_at = now()
      from owned o
      where i.user_id = o.user_id and i.type = ${type} and i.value = o.value and not i.confirmed
      returning i.id`,
    trx
  )
  const ids = confirmed.map(({ id }) => id)
  await recordChangesFrom(
    { actor, action: 'edit', object: 'identifier' },
    sql`select id, '{"confirmed": false}'::jsonb as before, '{"confirmed": true}'::jsonb as after from unnest(${ids}::bigint[]) as id`,
    trx
  )
  return ids
}

/** The first of its type is active at once; ids of those that are not yet. */
async function addNew(type: string, brought: Sql, trx: Transaction): Promise<number[]> {
  const added = await rows<{ id: number; active: boolean }>(
    sql`with ${brought}
      insert into user_identifiers (user_id, type, value, confirmed, confirmed_at, active)
      select b.user_id, ${type}, b.value, b.confirmed, case when b.confirmed then now() end,
        not exists (select from user_identifiers a where a.user_id = b.user_id and a.type = ${type} and a.active)
      from brought b
      join identifier_owners o on o.type = ${type} and o.value = b.value and o.user_id = b.user_id
      where not exists (select from user_identifiers i where i.user_id = b.user_id and i.type = ${type} and i.value = b.value)
      returning id, active`,
    trx
  )
  return added.filter(({ active }) => !active).map(({ id }) => id)
}
