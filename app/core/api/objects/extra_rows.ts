import { execute, identifier, join, quotedName, raw, rows, sql, type Transaction } from '#core/database'
import { InvalidFields, type Actor, type Field, type ObjectDefinition } from '#core/objects'
import { extraFields } from './said_rows.js'
import { standing, type Work } from './work.js'

/** The rules of imports look at all rows together: one address belongs to one customer. */
export async function refuseByRules(object: ObjectDefinition, works: Work[], trx: Transaction) {
  const used = usedExtra(object, works)
  const refuse = object.importable?.refuse
  if (!used.length || !refuse) return
  await stage(used, standing(works).map((work) => ({ ...work, isNew: work.id === null })), trx)
  const told = await rows<{ line: number; field: string; code: string }>(refuse(STAGE, used.map(({ name }) => name)), trx)
  for (const { line, field, code } of told) works[line].refused = InvalidFields.at(field, code)
}

const usedExtra = (object: ObjectDefinition, works: Pick<Work, 'extra'>[]) =>
  extraFields(object).filter(({ name }) => works.some(({ extra }) => extra[name] !== undefined))

const STAGE = identifier('api_rows')

interface Staged extends Pick<Work, 'line' | 'id' | 'extra'> {
  isNew: boolean
}

/** As `ImportRules` are given rows. */
async function stage(used: Field[], works: Staged[], trx: Transaction) {
  const columns = join([
    sql`line bigint, id bigint, key text, created boolean`,
    ...used.map((field) => sql`${quotedName(field.name)} ${raw(field.type.sqlType)}`),
  ])
  const cells = works.map(({ line, id, extra, isNew }) => ({
    line, id, key: String(line), created: isNew,
    ...Object.fromEntries(Object.entries(extra).map(([name, text]) => [name, text === '' ? null : text])),
  }))
  await execute(sql`drop table if exists ${STAGE}`, trx)
  await execute(sql`create temporary table ${STAGE} on commit drop as select * from jsonb_to_recordset(${JSON.stringify(cells)}::jsonb) as s(${columns})`, trx)
}

/** What only imports know is written by their rules. */
export async function applyExtra(object: ObjectDefinition, works: Staged[], actor: Actor, trx: Transaction) {
  const used = usedExtra(object, works)
  const apply = object.importable?.apply
  if (!used.length || !apply) return
  await stage(used, works, trx)
  await apply(STAGE, used.map(({ name }) => name), trx, actor)
}
