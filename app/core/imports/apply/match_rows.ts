import { execute, identifier, join, quotedName, sql, type Sql, type Transaction } from '#core/database'
import { existing, objects } from '#core/objects'
import { keyFields } from '../mapping/mapping.js'
import { type Plan } from './plan.js'
import { batch, saidId } from './tables.js'

/** Finds the rows that are there already by the match key. Where it fits several, none of them is meant. */
export async function matchRows(plan: Plan, trx: Transaction) {
  const { object, settings } = plan
  const names = keyFields(settings.match)
  const find = object.importable!.find?.[settings.match]
  if (find) {
    await execute(sql`update ${batch} b set id = ${find(sql`b.${quotedName(settings.match)}`)}`, trx)
  } else if (names.length) {
    await matchByColumns(plan, names, trx)
  }
  await execute(sql`analyze ${batch}`, trx)
}

async function matchByColumns({ object }: Plan, names: string[], trx: Transaction) {
  const t = identifier('t')
  const said = (name: string) => (name === 'id' ? saidId : quotedName(name))
  const equal = names.map((name) => sql`t.${identifier(objects.field(object, name).column)} = s.${said(name)}`)
  await execute(
    sql`update ${batch} b
      set id = case when found.times = 1 then found.id end,
        faults = case when found.times > 1 then b.faults || ${fault(names)} else b.faults end
      from (
        select s.line, min(t.id) as id, count(*) as times
        from ${batch} s join ${identifier(object.table)} t on ${join(equal, ' and ')} and ${existing(object, t)}
        group by s.line
      ) found
      where found.line = b.line`,
    trx
  )
}

function fault([first]: string[]): Sql {
  return sql`${JSON.stringify({ field: first, code: 'ambiguousMatch' })}::jsonb`
}
