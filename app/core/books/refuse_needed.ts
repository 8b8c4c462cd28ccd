import { identifier, row, sql, type Transaction } from '#core/database'
import { expression, objects, table, type ObjectDefinition } from '#core/objects'
import { BuiltInValue, ValueInUse } from './refusals.js'

/** A value that the product asks for, or that rows point at, stays. Throws `BuiltInValue`, `ValueInUse`. */
export async function refuseNeeded(book: ObjectDefinition, builtIn: readonly string[], id: number, trx: Transaction) {
  const value = await row<{ code: string }>(sql`select code from ${identifier(book.table)} where id = ${id} for update`, trx)
  if (value && builtIn.includes(value.code)) throw new BuiltInValue()
  const uses = await usesOf(book, id, trx)
  if (uses.length) throw new ValueInUse(uses, `/${book.path}/${id}/inactivity`)
}

/** How many rows of what point at a value, hidden ones too: their key would be broken all the same. */
async function usesOf(book: ObjectDefinition, id: number, trx: Transaction) {
  const uses: { object: string; count: number }[] = []
  for (const object of objects.all()) {
    const pointing = [...object.fields.values()].filter(({ to }) => to === book.name)
    for (const field of pointing) {
      const found = await row<{ count: number }>(
        sql`select count(*) as count from ${identifier(object.table)} ${table} where ${expression(field, table)} = ${id}`,
        trx
      )
      if (found!.count) uses.push({ object: object.name, count: found!.count })
    }
  }
  return uses
}
