import { identifier, row, sql } from '#core/database'
import { personal } from '#core/personal'

/** A print of every row of a customer, by table: what has not changed has the same. */
export async function printsOf(user: number): Promise<Record<string, string>> {
  const prints: Record<string, string> = {}
  for (const { table, customer } of personal.tables()) {
    const found = await row<{ print: string }>(
      sql`select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as print
        from ${identifier(table)} t where t.${identifier(customer)} = ${user}`
    )
    prints[table] = found!.print
  }
  return prints
}

/** A print of a whole table. */
export async function printOf(table: string): Promise<string> {
  const found = await row<{ print: string }>(
    sql`select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as print from ${identifier(table)} t`
  )
  return found!.print
}
