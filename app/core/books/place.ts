import { execute, identifier, sql, type Transaction } from '#core/database'
import { type ObjectDefinition } from '#core/objects'

/** Puts the others around a value that has taken its place, so that the places are 1, 2, 3 again. */
export async function place({ table }: ObjectDefinition, id: number, position: number | undefined, trx: Transaction) {
  if (position === undefined) return
  const book = identifier(table)
  await execute(
    sql`with others as (
        select id, row_number() over (order by position, id) as rank from ${book} where id <> ${id} and deleted_at is null
      )
      update ${book} b set position = o.rank + case when o.rank >= ${position} then 1 else 0 end
      from others o where b.id = o.id and b.position <> o.rank + case when o.rank >= ${position} then 1 else 0 end`,
    trx
  )
}
