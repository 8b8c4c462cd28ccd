import { hkdfSync } from 'node:crypto'
import { execute, row, sql, type Sql, type Transaction } from '#core/database'
import env from '#start/env'

const key = Buffer.from(hkdfSync('sha256', env.get('APP_KEY').release(), '', 'tessera erased identifiers', 32)).toString('hex')

/** A keyed hash of an identifier in its one spelling: it tells that somebody came again, and without the key nothing else. */
export const erasedHash = (type: Sql, value: Sql): Sql => sql`encode(sha256(convert_to(${key} || ':' || ${type} || ':' || ${value}, 'UTF8')), 'hex')`

/** Whether an identifier was of somebody whose data was erased: they are asked before it is kept again. */
export async function wasErased(type: string, value: string, trx?: Transaction): Promise<boolean> {
  const known = await row(sql`select from erased_identifiers where hash = ${erasedHash(sql`${type}::text`, sql`${value}::text`)}`, trx)
  return known !== undefined
}

/** They came again and agreed. */
export async function forgetErased(type: string, value: string, trx: Transaction) {
  await execute(sql`delete from erased_identifiers where hash = ${erasedHash(sql`${type}::text`, sql`${value}::text`)}`, trx)
}
