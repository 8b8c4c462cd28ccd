import { execute, identifier, quotedName, raw, rows, sql, join, type Sql, type Transaction } from '#core/database'
import { problemOf } from '#core/http'
import {
  create, createAll, createsTogether, DomainError, edit, existing, expression, InvalidFields, InvalidValue, keepApart, objects, table,
  type Field, type ObjectDefinition, type Values,
} from '#core/objects'
import { type Asking } from './asked_object.js'
import { extraFields, readRow, resolved, type SaidRow } from './said_rows.js'

/** What became of a row. */
export interface RowOutcome {
  outcome: 'created' | 'updated' | 'unchanged' | 'refused'
  id: number | null
  /** Of a refusal. */
  code?: string
  detail?: string
  errors?: Record<string, string>
}

interface Work extends SaidRow {
  line: number
  id: number | null
  refused?: unknown
  outcome?: RowOutcome['outcome']
}

/**
 * Writes rows by the rules of their section, each with a way back of its own, so that one that is refused harms no other; what only imports know (a
 * phone) goes through the rules of imports, for all rows at once. `key` finds the row that is there.
 */
export async function writeRows(asking: Asking, said: Values[], key: string | undefined, trx: Transaction): Promise<RowOutcome[]> {
  return (await workOn(asking, said, { key }, trx)).map((work) => outcomeOf(asking, work))
}

/** One row, found by a key or by its id; what refuses it is thrown. */
export async function writeRow(asking: Asking, said: Values, by: { key?: string; id?: number }, trx: Transaction) {
  const [{ refused, outcome, id }] = await workOn(asking, [said], by, trx)
  if (refused !== undefined) throw refused
  return { id: id!, outcome: outcome! }
}

async function workOn(asking: Asking, said: Values[], { key, id = null }: { key?: string; id?: number | null }, trx: Transaction): Promise<Work[]> {
  const { object } = asking
  if (object.aliases) await keepApart(object, trx)
  const works = readAll(asking, await resolved(object, said, trx)).map((work) => ({ ...work, id }))
  await findByKey(object, works, key, trx)
  await refuseByRules(object, works, trx)
  await createTogether(asking, works, trx)
  for (const work of works) if (!work.outcome) await attempt(work, trx, (inner) => writeOwn(asking, work, inner))
  await applyExtra(asking, works, trx)
  return works
}

function readAll({ object, reader }: Asking, said: Values[]): Work[] {
  return said.map((values, line) => {
    try {
      return { line, id: null, ...readRow(object, values, reader) }
    } catch (error) {
      return { line, id: null, own: {}, extra: {}, refused: error }
    }
  })
}

const standing = (works: Work[]) => works.filter(({ refused }) => refused === undefined)

async function findByKey(object: ObjectDefinition, works: Work[], key: string | undefined, trx: Transaction) {
  if (key === undefined) return
  const keyed = standing(works).filter((work) => {
    const said = work.own[key] ?? work.extra[key]
    if (said === undefined || said === null || said === '') work.refused = InvalidFields.at(key, 'required')
    return work.refused === undefined
  })
  const cells = sql`jsonb_to_recordset(${JSON.stringify(keyed.map(({ line, own, extra }) => ({ line, cell: String(own[key] ?? extra[key]) })))}::jsonb) as s(line bigint, cell text)`
  const found = await rows<{ line: number; id: number | null }>(matching(object, key, cells), trx)
  const first = new Map<string, number>()
  for (const work of keyed) {
    const cell = String(work.own[key] ?? work.extra[key])
    if (first.has(cell)) work.refused = InvalidFields.at(key, 'repeatedKey')
    first.set(cell, work.line)
    work.id = found.find(({ line }) => line === work.line)?.id ?? null
  }
}

function matching(object: ObjectDefinition, key: string, cells: Sql): Sql {
  const find = object.importable?.find?.[key]
  if (find) return sql`select s.line, ${find(sql`s.cell`)} as id from ${cells}`
  const column = expression(objects.field(object, key), table)
  return sql`select s.line, min(t.id) as id from ${cells} join ${identifier(object.table)} ${table} on ${column}::text = s.cell and ${existing(object)} group by s.line`
}

/** The rules of imports look at all rows together: one address belongs to one customer. */
async function refuseByRules(object: ObjectDefinition, works: Work[], trx: Transaction) {
  const used = usedExtra(object, works)
  const refuse = object.importable?.refuse
  if (!used.length || !refuse) return
  await stage(used, standing(works), trx)
  const told = await rows<{ line: number; field: string; code: string }>(refuse(STAGE, used.map(({ name }) => name)), trx)
  for (const { line, field, code } of told) works[line].refused = InvalidFields.at(field, code)
}

const usedExtra = (object: ObjectDefinition, works: Work[]) =>
  extraFields(object).filter(({ name }) => works.some(({ extra }) => extra[name] !== undefined))

const STAGE = identifier('api_rows')

/** As `ImportRules` are given rows. */
async function stage(used: Field[], works: Work[], trx: Transaction) {
  const columns = join([
    sql`line bigint, id bigint, key text, created boolean`,
    ...used.map((field) => sql`${quotedName(field.name)} ${raw(field.type.sqlType)}`),
  ])
  const cells = works.map(({ line, id, extra }) => ({
    line, id, key: String(line), created: id === null,
    ...Object.fromEntries(Object.entries(extra).map(([name, text]) => [name, text === '' ? null : text])),
  }))
  await execute(sql`drop table if exists ${STAGE}`, trx)
  await execute(sql`create temporary table ${STAGE} on commit drop as select * from jsonb_to_recordset(${JSON.stringify(cells)}::jsonb) as s(${columns})`, trx)
}

/** Whatever is new by one statement; where one of them is refused, none is written, and each is tried by itself. */
async function createTogether({ object, actor, may }: Asking, works: Work[], trx: Transaction) {
  const news = standing(works).filter(({ id }) => id === null)
  if (news.length < 2 || !may('create') || !createsTogether(object)) return
  try {
    news.forEach(({ own }) => checkRequired(object, own))
    const ids = await trx.transaction((inner) => createAll(object, news.map(({ own }) => own), actor, inner))
    news.forEach((work, index) => Object.assign(work, { id: ids[index], outcome: 'created' }))
  } catch (error) {
    if (!isRefusal(error)) throw error
  }
}

async function writeOwn({ object, actor, may }: Asking, work: Work, trx: Transaction) {
  if (work.id === null) {
    if (!may('create')) throw InvalidFields.at('id', 'mayNotCreate')
    checkRequired(object, work.own)
    work.id = await create(object, work.own, actor, trx)
    work.outcome = 'created'
  } else {
    if (!may('edit')) throw InvalidFields.at('id', 'mayNotEdit')
    const changing = Object.fromEntries(Object.entries(work.own).filter(([name]) => !objects.field(object, name).fixed))
    const changed = Object.keys(changing).length > 0 && (await edit(object, work.id, changing, actor, trx))
    work.outcome = changed || Object.keys(work.extra).length ? 'updated' : 'unchanged'
  }
}

function checkRequired(object: ObjectDefinition, own: Values) {
  const missing = [...object.fields.values()].filter(({ name, required, readonly }) => required && !readonly && own[name] === undefined)
  if (missing.length) throw new InvalidFields(Object.fromEntries(missing.map(({ name }) => [name, new InvalidValue('required')])))
}

async function applyExtra({ object, actor }: Asking, works: Work[], trx: Transaction) {
  const used = usedExtra(object, works)
  const apply = object.importable?.apply
  if (!used.length || !apply) return
  const whole = async (some: Work[], inner: Transaction) => {
    await stage(used, some, inner)
    await apply(STAGE, used.map(({ name }) => name), inner, actor)
  }
  try {
    await trx.transaction((inner) => whole(standing(works), inner))
  } catch (error) {
    if (!isRefusal(error)) throw error
    for (const work of standing(works)) await attempt(work, trx, (inner) => whole([work], inner))
  }
}

/** Does it within a savepoint; what the rules refuse is noted, what is a failure of ours is thrown on. */
async function attempt(work: Work, trx: Transaction, deed: (inner: Transaction) => Promise<unknown>) {
  if (work.refused !== undefined) return
  try {
    await trx.transaction(deed)
  } catch (error) {
    if (!isRefusal(error)) throw error
    work.refused = error
  }
}

/** Rules of sections, and values that PostgreSQL refuses. */
function isRefusal(error: unknown) {
  return error instanceof InvalidFields || error instanceof DomainError || /^(22|23)...$/.test(String((error as { code?: string }).code ?? ''))
}

function outcomeOf({ reader }: Asking, { refused, outcome, id }: Work): RowOutcome {
  if (refused === undefined) return { outcome: outcome!, id }
  const { code, detail, errors } = problemOf(refused, reader)
  return { outcome: 'refused', id: null, code, detail, ...(errors && { errors }) }
}
