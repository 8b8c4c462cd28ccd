import { execute, identifier, join, quotedName, sql, type Sql, type Transaction } from '#core/database'
import { allIds, followsMerges, leadingTo, objects, type Field } from '#core/objects'
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
  const equal = names.map((name) => equals(objects.field(object, name), sql`s.${said(name)}`))
  const { id, there, times } = leadingTo(object, t)
  await execute(
    sql`update ${batch} b
      set id = case when found.times = 1 then found.id end,
        faults = case when found.times > 1 then b.faults || ${fault(names)} else b.faults end
      from (
        select s.line, min(${id}) as id, ${times} as times
        from ${batch} s join ${identifier(object.table)} t on ${join(equal, ' and ')} and ${there}
        group by s.line
      ) found
      where found.line = b.line`,
    trx
  )
}

/** Rows that point at a merged one are those of the row which a file names by now. */
function equals(field: Field, cell: Sql): Sql {
  const own = sql`t.${identifier(field.column)}`
  return followsMerges(field) ? sql`${own} = any(${allIds(objects.get(field.to!), cell)})` : sql`${own} = ${cell}`
}

function fault([first]: string[]): Sql {
  return sql`${JSON.stringify({ field: first, code: 'ambiguousMatch' })}::jsonb`
}
