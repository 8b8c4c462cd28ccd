import { addressFrom, freeName } from '#core/attributes'
import { identifier, rows, sql, type Transaction } from '#core/database'

/** A code made of a name, for who left it to the product (F67): "Клуб «Лавка»" is `klub-lavka`, and where that is taken `klub-lavka2`. */
export async function freeCode(table: 'campaigns' | 'sources', name: string, otherwise: string, trx: Transaction): Promise<string> {
  const taken = await rows<{ code: string }>(sql`select lower(code) as code from ${identifier(table)}`, trx)
  const codes = new Set(taken.map(({ code }) => code))
  return freeName(addressFrom(name, otherwise), (code) => codes.has(code))
}
