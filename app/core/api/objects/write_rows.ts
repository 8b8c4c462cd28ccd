import { type Transaction } from '#core/database'
import { problemOf } from '#core/http'
import {
  createAll, DomainError, editAll, InvalidFields, InvalidValue, keepApart, objects, writesTogether, type ObjectDefinition, type Values,
} from '#core/objects'
import { type Asking } from './asked_object.js'
import { applyExtra, refuseByRules } from './extra_rows.js'
import { findById, findByKey } from './find_rows.js'
import { readRow, resolved } from './said_rows.js'
import { standing, type RowOutcome, type Work } from './work.js'

/**
 * Writes rows by the rules of their section, all by the same few statements; one that is refused harms no other. What only imports know (a phone)
 * goes through the rules of imports. `key` finds the row that is there, also under what it was known by before it was merged.
 */
export async function writeRows(asking: Asking, said: Values[], key: string | undefined, trx: Transaction): Promise<RowOutcome[]> {
  return (await workOn(asking, said, { key }, trx)).map((work) => outcomeOf(asking, work))
}

/** One row, found by a key or by its id; what refuses it is thrown, as is `NotFound`. */
export async function writeRow(asking: Asking, said: Values, by: { key?: string; id?: number }, trx: Transaction) {
  const [{ refused, outcome, id }] = await workOn(asking, [said], by, trx)
  if (refused !== undefined) throw refused
  return { id: id!, outcome: outcome! }
}

async function workOn(asking: Asking, said: Values[], { key, id }: { key?: string; id?: number }, trx: Transaction): Promise<Work[]> {
  const { object } = asking
  if (object.aliases) await keepApart(object, trx)
  const there = id === undefined ? null : await findById(object, id, trx)
  const works = readAll(asking, await resolved(object, said, trx)).map((work) => ({ ...work, id: there }))
  await findByKey(object, works, key, trx)
  refuseByRights(asking, works)
  await refuseByRules(object, works, trx)
  for (const some of writesTogether(object) ? [works] : works.map((work) => [work])) await write(asking, some, trx)
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

function refuseByRights({ object, may }: Asking, works: Work[]) {
  for (const work of standing(works)) {
    if (work.id !== null) work.refused = may('edit') ? undefined : InvalidFields.at('id', 'mayNotEdit')
    else work.refused = may('create') ? incomplete(object, work.own) : InvalidFields.at('id', 'mayNotCreate')
  }
}

function incomplete(object: ObjectDefinition, own: Values): InvalidFields | undefined {
  const missing = [...object.fields.values()].filter(({ name, required, readonly }) => required && !readonly && own[name] === undefined)
  return missing.length ? new InvalidFields(Object.fromEntries(missing.map(({ name }) => [name, new InvalidValue('required')]))) : undefined
}

/** All at once, with a way back; where something refuses them, each half by itself, until the row to blame stands alone. */
async function write(asking: Asking, works: Work[], trx: Transaction): Promise<void> {
  const some = standing(works)
  if (!some.length) return
  try {
    const became = await trx.transaction((inner) => writeAll(asking, some, inner))
    some.forEach((work, index) => Object.assign(work, became[index]))
  } catch (error) {
    if (!isRefusal(error)) throw error
    const middle = some.length >> 1
    if (middle === 0) some[0].refused = error
    else for (const half of [some.slice(0, middle), some.slice(middle)]) await write(asking, half, trx)
  }
}

/** Changes before what is new: they may give up what a new row takes. */
async function writeAll({ object, actor }: Asking, works: Work[], trx: Transaction): Promise<Pick<Work, 'id' | 'outcome'>[]> {
  const edits = works.flatMap(({ id, own, extra }) => (id === null ? [] : [{ id, extra, values: changeable(object, own) }]))
  const touched = edits.filter(({ values, extra }) => Object.keys({ ...values, ...extra }).length)
  const changed = await editAll(object, touched, actor, trx)
  const made = await createAll(object, works.filter(({ id }) => id === null).map(({ own }) => own), actor, trx)
  const ids = works.map(({ id }) => id ?? made.shift()!)
  await applyExtra(object, works.map((work, index) => ({ ...work, id: ids[index], isNew: work.id === null })), actor, trx)
  return works.map(({ id, extra }, index) => {
    if (id === null) return { id: ids[index], outcome: 'created' }
    return { id, outcome: changed.has(id) || Object.keys(extra).length ? 'updated' : 'unchanged' }
  })
}

const changeable = (object: ObjectDefinition, own: Values): Values =>
  Object.fromEntries(Object.entries(own).filter(([name]) => !objects.field(object, name).fixed))

/** Rules of sections, and values that PostgreSQL refuses. */
function isRefusal(error: unknown) {
  return error instanceof InvalidFields || error instanceof DomainError || /^(22|23)...$/.test(String((error as { code?: string }).code ?? ''))
}

function outcomeOf({ reader }: Asking, { refused, outcome, id }: Work): RowOutcome {
  if (refused === undefined) return { outcome: outcome!, id }
  const { code, detail, errors } = problemOf(refused, reader)
  return { outcome: 'refused', id: null, code, detail, ...(errors && { errors }) }
}
