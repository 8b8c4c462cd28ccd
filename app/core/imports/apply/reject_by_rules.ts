import { execute, join, quotedName, sql, type Sql, type Transaction } from '#core/database'
import { keyFields } from '../mapping/mapping.js'
import { type Reason } from '../mapping/compile_row.js'
import { batch } from './tables.js'
import { type Plan } from './plan.js'

/** Takes out of the batch what the import's own rules refuse, then what the rules of the section do. */
export async function rejectByRules(plan: Plan, trx: Transaction) {
  await execute(
    sql`with rows as (select b.*, ${firstComplete(plan)} as first_complete from ${batch} b),
      checked as (
        select line, faults || array_remove(array[${join(ownRules(plan))}]::jsonb[], null) as faults from rows
      ), refused as (
        delete from ${batch} b using checked c where c.line = b.line and cardinality(c.faults) > 0
        returning b.line, c.faults
      )
      insert into import_rejects (import_id, line, reasons) select ${plan.importId}, line, to_jsonb(faults) from refused`,
    trx
  )
  await rejectBySection(plan, trx)
}

/** The line that would create the row: of those that share its key, the first that has all it needs. */
function firstComplete(plan: Plan): Sql {
  const needed = requiredOf(plan).map(({ name, mapped }) => (mapped ? sql`b.${quotedName(name)} is not null` : sql`false`))
  const complete = join([sql`cardinality(b.faults) = 0`, ...needed], ' and ')
  return plan.repeating
    ? sql`min(b.line) filter (where ${complete}) over (partition by b.key)`
    : sql`case when ${complete} then b.line end`
}

function requiredOf({ object, columns }: Plan) {
  const mapped = new Set(columns.map(({ field }) => field.name))
  return [...object.fields.values()]
    .filter(({ required }) => required)
    .map(({ name }) => ({ name, mapped: mapped.has(name) }))
}

/** Rows are judged in their order, so that it does not matter where a batch ends: a later row finds what an earlier one made. */
function ownRules(plan: Plan): Sql[] {
  const [key] = keyFields(plan.settings.match)
  const isNew = sql`id is null and (first_complete is null or line <= first_complete)`
  const known = sql`id is not null or line > first_complete`
  const rejectUnless: Record<Plan['settings']['mode'], Sql[]> = {
    update: [sql`case when id is null then ${fault({ field: key, code: 'missing' })} end`],
    create: [sql`case when ${known} then ${fault({ field: key, code: 'exists' })} end`, ...incomplete(plan, isNew)],
    upsert: incomplete(plan, isNew),
  }
  const rules = rejectUnless[plan.settings.mode]
  return plan.columns.some(({ field }) => field.name === 'id')
    ? [...rules, sql`case when id is null then ${fault({ field: 'id', code: 'missing' })} end`]
    : [...rules, sql`null`]
}

function incomplete(plan: Plan, isNew: Sql): Sql[] {
  return requiredOf(plan).map(({ name, mapped }) => {
    const empty = mapped ? sql`and ${quotedName(name)} is null and not ${blamed(name)}` : sql``
    return sql`case when ${isNew} ${empty} then ${fault({ field: name, code: 'required' })} end`
  })
}

/** A reference that was not found is empty by now, and has been told already. */
const blamed = (field: string) => sql`(to_jsonb(faults) @> ${JSON.stringify([{ field }])}::jsonb)`

const fault = (reason: Reason) => sql`${JSON.stringify(reason)}::jsonb`

async function rejectBySection({ object, columns, importId }: Plan, trx: Transaction) {
  const refuse = object.importable!.refuse
  if (!refuse) return
  await execute(
    sql`with refused as (${refuse(batch, columns.map(({ field }) => field.name))}),
      reasons as (
        select line, jsonb_agg(jsonb_build_object('field', field, 'code', code)) as reasons from refused group by line
      ), gone as (
        delete from ${batch} b using reasons r where r.line = b.line returning b.line
      )
      insert into import_rejects (import_id, line, reasons)
      select ${importId}, line, reasons from reasons join gone using (line)`,
    trx
  )
}
