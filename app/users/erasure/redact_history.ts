import { execute, identifier, sql, type Transaction } from '#core/database'
import { objects, type ObjectDefinition } from '#core/objects'
import { personal, STRUCK } from '#core/personal'

/** Kinds of values that name nobody. */
const plain = ['flag', 'choice', 'reference', 'integer', 'decimal', 'money', 'datetime']

/** What the audit log holds of the rows of a person stays as actions; the words in it go. Answers how many entries were touched. */
export async function redactHistory(ids: number[], trx: Transaction): Promise<number> {
  let touched = 0
  for (const object of objects.all()) {
    const customer = customerColumn(object)
    if (!customer) continue
    touched += await execute(
      sql`update audit_log a set ip = case when a.staff_id is null then null else a.ip end, changes = (
          select coalesce(jsonb_object_agg(side.key, case when jsonb_typeof(side.value) <> 'object' then side.value else (
            select coalesce(jsonb_object_agg(one.key, case
              when one.key = any(${harmless(object)}::text[]) or one.value = 'null' then one.value else to_jsonb(${STRUCK}::text) end), '{}')
            from jsonb_each(case when jsonb_typeof(side.value) = 'object' then side.value else '{}' end) one
          ) end), '{}')
          from jsonb_each(a.changes) side
        )
        where a.object = ${object.name} and a.record_id in (
          select t.id from ${identifier(object.table)} t where t.${identifier(customer)} = any(${ids}::bigint[])
        )`,
      trx
    )
  }
  return touched
}

/** The column of an object that says whose its rows are; of the customer themselves, the id. */
export function customerColumn(object: ObjectDefinition): string | undefined {
  if (object.name === 'user') return 'id'
  const declared = personal.table(object.table)
  if (declared) return declared.customer
  return [...object.fields.values()].find((field) => field.to === 'user' && !field.sql && !field.attribute)?.column
}

const harmless = (object: ObjectDefinition) =>
  [...object.fields.values()].filter(({ personal: hidden, type }) => !hidden && plain.includes(type.name)).map(({ name }) => name)
