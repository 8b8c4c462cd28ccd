import { identifier, row, sql, type Transaction } from '#core/database'
import { writesTogether, existing, InvalidFields, objects, table, type ObjectDefinition, type Verbs } from '#core/objects'

/** References in jsonb have no foreign key, so that the row is there is asked when they are written. */
export function keepReferences(object: ObjectDefinition, verbs: Verbs = {}): Verbs {
  const before: Verbs['before'] = async (values, trx, id, actor) => {
    const complete = (await verbs.before?.(values, trx, id, actor)) ?? values
    for (const [name, value] of Object.entries(complete)) {
      const field = object.fields.get(name)
      if (field?.attribute && field.to && value !== null) await refuseMissing(name, field.to, value, trx)
    }
    return complete
  }
  return { ...verbs, before, alone: writesTogether({ verbs }) }
}

async function refuseMissing(name: string, to: string, id: unknown, trx: Transaction) {
  const object = objects.get(to)
  const found = await row(sql`select from ${identifier(object.table)} ${table} where t.id = ${id} and ${existing(object)}`, trx)
  if (!found) throw InvalidFields.at(name, 'reference')
}
