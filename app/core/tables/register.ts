import { allAttributes, columnName, codeOf, freeName } from '#core/attributes'
import { recordChange } from '#core/audit'
import { execute, row, rows, sql, type Transaction } from '#core/database'
import { changeObjects, InvalidFields, objects, type Actor } from '#core/objects'
import { neverHad } from './never_had.js'
import { type PlannedField, type TablePlan } from './plan.js'
import { tableObject } from './table_object.js'

/** Where the rows lie. */
export type Origin =
  | { origin: 'made' }
  | { origin: 'found'; editable: boolean; schema: string; table: string; key: string }

/** Of a found table: the column that a field shows, and whether it is read by a cast. */
export type Shown = (field: PlannedField) => { column: string; computed: boolean }

export interface RegisteredField extends PlannedField {
  id: number
  columnName: string
}

export interface Registered {
  id: number
  name: string
  tableName: string
  fields: RegisteredField[]
}

/** Writes the rows of a table and of its fields, and the audit log. The table itself, or its view, is up to the caller. Throws `InvalidFields`. */
export async function register(plan: TablePlan, origin: Origin, shown: Shown | undefined, actor: Actor, trx: Transaction): Promise<Registered> {
  await changeObjects(trx)
  const tableName = plan.path.replaceAll('-', '_')
  const name = await neverHad(tableName, trx)
  const id = await writeTable(plan, { name, tableName }, origin, trx)
  const fields = await writeFields(name, plan.fields, shown, trx)
  const { fields: planned, ...said } = plan
  await recordChange({ actor, action: 'create', object: 'custom_table', id, after: { ...said, fields: planned.map((field) => field.name).join(', ') } }, trx)
  return { id, name, tableName, fields }
}

async function writeTable(plan: TablePlan, { name, tableName }: { name: string; tableName: string }, origin: Origin, trx: Transaction) {
  const source = origin.origin === 'found' ? origin : { schema: null, table: null, key: null, editable: true }
  try {
    const made = await trx.transaction((inner) =>
      row<{ id: number }>(
        sql`insert into custom_tables (name, path, table_name, origin, one, many, one_en, many_en, menu_group, title_field, editable,
            source_schema, source_table, key_column)
          values (${name}, ${plan.path}, ${tableName}, ${origin.origin}, ${plan.one}, ${plan.many}, ${plan.oneEn}, ${plan.manyEn},
            ${plan.menuGroup}, ${plan.titleField}, ${source.editable}, ${source.schema}, ${source.table}, ${source.key})
          returning id`,
        inner
      )
    )
    return made!.id
  } catch (error) {
    throw InvalidFields.from(error, tableObject) ?? error
  }
}

/** Writes the rows of fields, which come after those that the table has. */
export async function writeFields(object: string, fields: PlannedField[], shown: Shown | undefined, trx: Transaction) {
  const there = (await allAttributes(trx)).filter((one) => one.object === object)
  const columns = new Set(['id', 'created_at', 'updated_at', 'deleted_at', ...there.map(({ columnName: column }) => column!)])
  const relations = await relationsKnown(trx)
  const written: RegisteredField[] = []
  for (const [index, field] of fields.entries()) {
    const column = columnName(field.name, field.type, (one) => columns.has(one))
    columns.add(column)
    const relation = field.target && relationOf(object, field, relations)
    const { column: source = null, computed = false } = shown?.(field) ?? {}
    const made = await row<{ id: number }>(
      sql`insert into attributes (object, name, label, label_en, type, choices, target, relation, required, personal, tells_apart,
          computed, column_name, source_column, position)
        values (${object}, ${field.name}, ${field.label}, ${field.labelEn}, ${field.type}, ${field.choices}, ${field.target},
          ${relation}, ${field.required}, ${field.personal}, ${field.tellsApart}, ${computed}, ${column}, ${source}, ${there.length + index + 1})
        returning id`,
      trx
    )
    written.push({ ...field, id: made!.id, columnName: column })
  }
  return written
}

/** Names by which objects call those that point at them, by object. */
async function relationsKnown(trx: Transaction) {
  const known = new Map(
    objects.all().map((object) => [object.name, new Set([...objects.relations(object).map(({ name }) => name), ...object.fields.keys()])])
  )
  const others = await rows<{ target: string; relation: string }>(
    sql`select target, relation from attributes where target is not null`,
    trx
  )
  for (const { target, relation } of others) known.get(target)?.add(relation)
  return known
}

/** A customer has `vehicles`; where that is taken, `vehiclesByDriver`. */
function relationOf(object: string, { target, name }: PlannedField, known: Map<string, Set<string>>) {
  const there = known.get(target!)!
  const plain = codeOf(object.replace(/^custom_/, ''), 'rows')
  const pointed = `${plain}By${name[0].toUpperCase()}${name.slice(1)}`
  const relation = freeName(there.has(plain) ? pointed : plain, (one) => there.has(one))
  there.add(relation)
  return relation
}

/** Fields that an index serves from now on. */
export async function markIndexed(ids: number[], trx: Transaction) {
  await execute(sql`update attributes set indexed_at = now() where id = any(${ids}::bigint[])`, trx)
}
