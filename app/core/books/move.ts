import { execute, identifier, row, sql, transaction } from '#core/database'
import { edit, type Actor, type ObjectDefinition, type Way } from '#core/objects'

/** One place up or down; at either end nothing changes. Two who move at once follow each other. */
export async function move(book: ObjectDefinition, id: number, way: Way, actor: Actor) {
  await transaction(async (trx) => {
    await execute(sql`select pg_advisory_xact_lock(hashtext('books'), hashtext(${book.table}))`, trx)
    const now = await row<{ rank: number }>(
      sql`select rank from (select id, row_number() over (order by position, id) as rank from ${identifier(book.table)} where deleted_at is null) ranked
        where id = ${id}`,
      trx
    )
    if (now) await edit(book, id, { position: now.rank + (way === 'up' ? -1 : 1) }, actor, trx)
  })
}
