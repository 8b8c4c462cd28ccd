import { execute, row, sql, type Transaction } from '#core/database'

/**
 * Whoever writes what belongs to a customer holds their row until the transaction is over, and writes it for who they are by then: a merge
 * may have been waited for. Answers that id.
 */
export async function lockPerson(userId: number, trx: Transaction): Promise<number> {
  const person = await leadsTo(userId, trx)
  await execute(sql`select from users where id = ${person} for no key update`, trx)
  return (await leadsTo(person, trx)) === person ? person : lockPerson(person, trx)
}

/** Nobody is to be seen here as they were when the transaction began: each statement asks anew. */
async function leadsTo(userId: number, trx: Transaction): Promise<number> {
  const alias = await row<{ canonicalId: number }>(sql`select canonical_id as "canonicalId" from user_aliases where user_id = ${userId}`, trx)
  return alias?.canonicalId ?? userId
}
