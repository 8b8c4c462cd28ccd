import { execute, identifier, row, sql, type Transaction } from '#core/database'
import { type Values } from './actor.js'
import { type ObjectDefinition } from './define_object.js'
import { DomainError } from './domain_error.js'
import { expression } from './expression.js'
import { type Field, type Reader } from './fields/field.js'
import { InvalidFields } from './invalid_fields.js'
import { nameOf } from './labels.js'
import { deleted, existing } from './records.js'
import { objects } from './registry.js'

/** How long a deleted row may be restored. */
export const DAYS_IN_TRASH = 30

/** Rows of others point at the row that was to be deleted. */
export class KeptByOthers extends DomainError {
  readonly code = 'keptByOthers'

  constructor(readonly counts: { object: ObjectDefinition; count: number }[]) {
    super()
  }

  override words(reader: Reader) {
    const told = this.counts.map(({ object, count }) => {
      const number = count > MOST_COUNTED ? `${MOST_COUNTED}+` : String(count)
      return `${nameOf(object, 'many', reader).toLocaleLowerCase(reader.locale)} (${number})`
    })
    return { list: told.join(', ') }
  }
}

const MOST_COUNTED = 1000

/** Puts a row into the trash. Locked first, so that nobody points at it meanwhile (`checkReferences`). */
export async function putAside(object: ObjectDefinition, id: number, trx: Transaction) {
  await execute(sql`select from ${identifier(object.table)} t where t.id = ${id} for update`, trx)
  await letGo(object, id, trx)
  await execute(sql`update ${identifier(object.table)} set deleted_at = now() where id = ${id}`, trx)
}

async function letGo(object: ObjectDefinition, id: number, trx: Transaction) {
  await (object.verbs?.release?.(id, trx) ?? keepIfPointedAt(object, id, trx))
}

/** Throws `KeptByOthers` when rows of any object, but for its own `parts`, point at the row. */
export async function keepIfPointedAt(object: ObjectDefinition, id: number, trx: Transaction, parts: string[] = []) {
  const counts = []
  for (const other of objects.all().filter(({ name }) => !parts.includes(name))) {
    const references = [...other.fields.values()].filter((field) => field.to === object.name && isKept(field))
    for (const field of references) {
      const count = await countPointing(other, field, id, trx)
      if (count) counts.push({ object: other, count })
    }
  }
  if (counts.length) throw new KeptByOthers(counts)
}

/** Written, not worked out: an attribute's SQL only says where it lies. */
const isKept = ({ sql: computed, attribute }: Field) => !computed || Boolean(attribute)

async function countPointing(object: ObjectDefinition, field: Field, id: number, trx: Transaction) {
  const t = identifier('t')
  const found = await row<{ count: number }>(
    sql`select count(*) as count from (
      select 1 from ${identifier(object.table)} t
      where ${expression(field, t)} = ${id} and ${existing(object, t)} limit ${MOST_COUNTED + 1}
    ) pointing`,
    trx
  )
  return found!.count
}

/**
 * A foreign key is content with a row in the trash; people are not. The lock waits for whoever is just deleting the row. Throws
 * `InvalidFields`.
 */
export async function checkReferences(object: ObjectDefinition, rows: Values[], trx: Transaction) {
  for (const name of new Set(rows.flatMap((values) => Object.keys(values)))) {
    const { to } = objects.field(object, name)
    const ids = [...new Set(rows.map((values) => values[name]).filter(Boolean))]
    if (!ids.length || !to || !objects.get(to).trash) continue
    const t = identifier('t')
    const found = await execute(
      sql`select from ${identifier(objects.get(to).table)} t where t.id = any(${ids}::bigint[]) and ${existing(objects.get(to), t)}
        order by t.id for key share`,
      trx
    )
    if (found < ids.length) throw InvalidFields.at(name, 'reference')
  }
}

/** Takes a row out of the trash, unless it points at one that is still there. Answers whether it was there. Throws `InvalidFields`. */
export async function takeBack(object: ObjectDefinition, id: number, trx: Transaction): Promise<boolean> {
  const t = identifier('t')
  const inTrash = sql`t.id = ${id} and ${deleted(object, t)}`
  for (const field of [...object.fields.values()].filter((one) => one.to && isKept(one))) {
    const to = objects.get(field.to!)
    if (!to.trash) continue
    const lost = await row(
      sql`select 1 from ${identifier(object.table)} t join ${identifier(to.table)} r on r.id = ${expression(field, t)}
        where ${inTrash} and r.deleted_at is not null`,
      trx
    )
    if (lost) throw InvalidFields.at(field.name, 'referenceInTrash')
  }
  return (await execute(sql`update ${identifier(object.table)} t set deleted_at = null where ${inTrash}`, trx)) > 0
}

/**
 * Deletes a row of the trash for good, if it is still there; what the audit log knows of it stays. Throws what `putAside` throws, where
 * something came to point at it meanwhile.
 */
export async function purge(object: ObjectDefinition, id: number, trx: Transaction): Promise<boolean> {
  const t = identifier('t')
  const there = await row(sql`select 1 from ${identifier(object.table)} t where t.id = ${id} and ${deleted(object, t)} for update`, trx)
  if (!there) return false
  await letGo(object, id, trx)
  await object.verbs!.remove!(id, trx, { staffId: null })
  return true
}
