import { execute, identifier, join, quotedName, sql, type Sql, type Transaction } from '#core/database'
import { expression, leadingTo, objects, plain, titleOf, type ObjectDefinition } from '#core/objects'
import { type StagedColumn } from '../mapping/compile_row.js'
import { batch, saidId } from './tables.js'
import { type Range } from './figures.js'
import { type Plan } from './plan.js'
import { spread } from './spread.js'

/** Makes the batch of these lines, each reference being the id of the row it names; answers how many rows it has. */
export async function resolveReferences(plan: Plan, { after, last }: Range, trx: Transaction): Promise<number> {
  const references = plan.columns.filter(({ field }) => field.to)
  const found = references.map((column, index) => sql`, ${alias(index)} as (${lookup(column)})`)
  const joins = references.map(
    ({ field }, index) => sql`left join ${alias(index)} on ${alias(index)}.cell = b.${quotedName(field.name)}`
  )
  const fields = plan.columns.map((column) => {
    const name = quotedName(column.field.name)
    if (column.field.name === 'id') return sql`, b.${name} as ${saidId}`
    return column.field.to ? sql`, ${alias(references.indexOf(column))}.id as ${name}` : sql`, b.${name}`
  })
  const faults = references.flatMap((column, index) => faultsOf(column, index))

  return execute(
    sql`create temporary table ${batch} on commit drop as
      with b as materialized (
        select * from ${plan.stage} where line > ${after} and line <= ${last} and refused is null
      )
      ${spread(found)}
      select b.line, b.key, null::bigint as id,
        array_remove(array[${join(faults.length ? faults : [sql`null`])}]::jsonb[], null) as faults
        ${spread(fields)}
      from b ${spread(joins)}`,
    trx
  )
}

const alias = (index: number) => identifier(`found_${index}`)

/** Each cell is looked up once, however many rows have it. */
function lookup({ field, by }: StagedColumn): Sql {
  const to = objects.get(field.to!)
  const t = identifier('t')
  const known = by === 'title' ? titlesOf(to, t) : [expression(objects.field(to, by!), t)]
  const cell = quotedName(field.name)
  const { id, there, times } = leadingTo(to, t)
  return sql`
    select cells.cell, min(${id}) as id, ${times} as times
    from (select distinct b.${cell} as cell from b where b.${cell} is not null) cells
    join ${identifier(to.table)} t on (${join(known.map((one) => sql`${one} = cells.cell`), ' or ')}) and ${there}
    group by cells.cell`
}

/** What a row is called in every language that calls it differently. */
function titlesOf(to: ObjectDefinition, t: Sql): Sql[] {
  const titles = locales.map((locale) => titleOf(to, t, { ...plain, locale }))
  return titles.filter((one, index) => titles.findIndex((first) => first.sql === one.sql) === index)
}

const locales = ['ru', 'en'] as const

function faultsOf({ field, unknown }: StagedColumn, index: number): Sql[] {
  const cell = sql`b.${quotedName(field.name)}`
  const fault = (code: string) =>
    sql`jsonb_build_object('field', ${field.name}::text, 'code', ${code}::text, 'params', jsonb_build_object('value', ${cell}))`
  const ambiguous = sql`when ${alias(index)}.times > 1 then ${fault('ambiguousReference')}`
  const missing = sql`when ${cell} is not null and ${alias(index)}.id is null then ${fault('unknownReference')}`
  return [sql`case ${ambiguous} ${unknown === 'reject' ? missing : sql``} end`]
}
