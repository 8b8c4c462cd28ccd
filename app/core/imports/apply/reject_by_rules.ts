import { execute, join, quotedName, sql, type Sql, type Transaction } from '#core/database'
import { keyFields } from '../mapping/mapping.js'
import { type Reason } from '../mapping/compile_row.js'
import { batch } from './tables.js'
import { type Plan } from './plan.js'

/** Takes out of the batch what the import's own rules refuse, then what the rules of the section do. */
export async function rejectByRules(plan: Plan, trx: Transaction) {
  await execute(
    sql`with checked as (
        select line, faults || array_remove(array[${join(ownRules(plan))}]::jsonb[], null) as faults from ${batch}
      ), refused as (
        delete from ${batch} b using checked c where c.line = b.line and cardinality(c.faults) > 0
        returning b.line, c.faults
      )
      insert into import_rejects (import_id, line, reasons) select ${plan.importId}, line, to_jsonb(faults) from refused`,
    trx
  )
  await rejectBySection(plan, trx)
}

function ownRules({ settings, object, columns }: Plan): Sql[] {
  const [key] = keyFields(settings.match)
  const rules = [sql`null`]
  if (settings.mode === 'create') rules.push(sql`case when id is not null then ${fault({ field: key, code: 'exists' })} end`)
  if (settings.mode === 'update') {
    return [...rules, sql`case when id is null then ${fault({ field: key, code: 'missing' })} end`]
  }
  const mapped = new Set(columns.map(({ field }) => field.name))
  for (const { name, required } of object.fields.values()) {
    if (!required) continue
    const empty = mapped.has(name) ? sql`and ${quotedName(name)} is null` : sql``
    rules.push(sql`case when id is null ${empty} then ${fault({ field: name, code: 'required' })} end`)
  }
  return mapped.has('id') ? [...rules, sql`case when id is null then ${fault({ field: 'id', code: 'missing' })} end`] : rules
}

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
