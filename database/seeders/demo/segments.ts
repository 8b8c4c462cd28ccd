import { execute, row, rows, sql, type Transaction } from '#core/database'
import { type FilterNode, type Group } from '#core/filters'
import { recount } from '#app/segments'

const TIMEZONE = 'Europe/Moscow'

export const LOYAL = 'Постоянные: от 3 покупок за 60 дней'

/** What a chain of shops asks first: who is loyal, who was lost, who likes what, whose birthday it is. */
export async function describeSegments(trx: Transaction) {
  const dairy = await row<{ id: number }>(sql`select id from categories where name = 'Молочные продукты'`, trx)
  await define(LOYAL, trx, {
    relation: 'receipts',
    operator: 'count',
    compare: 'atLeast',
    value: ['3'],
    where: all({ field: 'issuedAt', operator: 'lastDays', value: ['60'] }),
  })
  await define('Давно не приходили: 90 дней и больше', trx, { field: 'lastReceiptAt', operator: 'olderThanDays', value: ['90'] })
  await define('Любят молочное: от 2 позиций за месяц', trx, {
    relation: 'lines',
    operator: 'count',
    compare: 'atLeast',
    value: ['2'],
    where: all(
      { field: 'good.category.parent', operator: 'equal', value: [String(dairy!.id)] },
      { field: 'receipt.issuedAt', operator: 'lastDays', value: ['30'] }
    ),
  })
}

async function define(name: string, trx: Transaction, ...of: FilterNode[]) {
  await execute(
    sql`insert into segments (name, object, filter, columns)
      values (${name}, 'user', ${JSON.stringify(all(...of))}::jsonb, ${['surname', 'givenName', 'middleName']}::text[])`,
    trx
  )
}

function all(...of: FilterNode[]): Group {
  return { logic: 'and', of }
}

/** Every segment gets its next version. */
export async function recountSegments() {
  for (const { id } of await rows<{ id: number }>(sql`select id from segments order by id`)) {
    await recount(id, TIMEZONE)
  }
}

/** As if the first versions had been counted when the last receipts of that time were in. */
export async function dateFirstVersions(at: Date) {
  await execute(sql`update segment_versions set created_at = ${at} where version = 1`)
  await execute(sql`update segments set created_at = ${at}`)
}
