import { execute, quotedName, row, sql, type Transaction } from '#core/database'
import { batch, heads } from './tables.js'
import { type Plan } from './plan.js'
import { spread } from './spread.js'

/** Makes one row of all that share a key: the later wins, field by field. New rows get their ids here. */
export async function collapse(plan: Plan, trx: Transaction) {
  const source = (await keysRepeat(plan, trx)) ? collapsed(plan) : sql`select * from ${batch}`
  const fields = plan.columns
    .filter(({ field }) => field.name !== 'id')
    .map(({ field }) => sql`, b.${quotedName(field.name)}`)

  await execute(
    sql`create temporary table ${heads} on commit drop as
      select b.line, b.key, coalesce(b.id, nextval(${plan.sequence})) as id, b.id is null as created ${spread(fields)}
      from (${source}) b order by b.line`,
    trx
  )
  await execute(sql`analyze ${heads}`, trx)
}

async function keysRepeat({ repeating }: Plan, trx: Transaction) {
  if (!repeating) return false
  const counted = await row<{ repeat: boolean }>(
    sql`select count(*) > count(distinct key) as repeat from ${batch}`,
    trx
  )
  return counted!.repeat
}

function collapsed({ columns, settings }: Plan) {
  const fields = columns
    .filter(({ field }) => field.name !== 'id')
    .map(({ field }) => {
      const name = quotedName(field.name)
      const said = settings.empty === 'keep' ? sql`filter (where ${name} is not null)` : sql``
      return sql`, (array_agg(${name} order by line desc) ${said})[1] as ${name}`
    })
  return sql`select min(line) as line, key, min(id) as id ${spread(fields)} from ${batch} group by key`
}
