import { candidates, objects, table, titled, titleOf, titles, type Candidate, type Field, type ObjectDefinition, type Reader } from '#core/objects'
import { join, sql, type Sql } from '#core/database'

export interface Option {
  value: string
  label: string
}

/** A list up to this long is shown as it is; a longer one is searched (UX, "Select"). */
const FEW = 15
const FOUND = 20

/** What an input lets a person choose from, and what is chosen already; a long list of references is searched. */
export async function optionsOf(field: Field, value: string, reader: Reader) {
  if (field.values) return { options: ofValues(field, field.values, value, reader) }
  if (!field.to) return { options: [] }

  const to = objects.get(field.to)
  const few = await candidates(to, reader, offered(to), FEW + 1)
  const chosen = /^\d{1,15}$/.test(value) ? await titles(to, [Number(value)], reader) : []
  if (few.length <= FEW) {
    const others = chosen.filter(({ id }) => few.every((one) => one.id !== id))
    return { options: [...few, ...others].map(asOption) }
  }
  const remote = {
    'data-search': `/references/${to.path ?? to.name}?offered=1`,
    'data-placeholder': reader.t('core.search'),
    'data-none': reader.t('core.nothingFound'),
  }
  return { options: chosen.map(asOption), remote }
}

/** What stands there and is no value (any more) is shown, so that no other one is chosen unseen. */
function ofValues(field: Field, values: readonly string[], value: string, reader: Reader): Option[] {
  const options = values.map((one) => optionOf(one, field, reader))
  if (field.named) options.sort((one, other) => one.label.localeCompare(other.label, reader.locale))
  return value && !values.includes(value) ? [{ value, label: value }, ...options] : options
}

/** A list that is too long to be looked through opens with a search inside (filter_builder.js). */
export const findable = (options: Option[], reader: Reader) => (options.length > FEW ? { 'data-find': '', 'data-search-words': reader.t('core.search') } : {})

const optionOf = (value: string, field: Field, reader: Reader): Option => ({
  value,
  label: field.type.show(value as never, field, reader),
})

const offered = (object: ObjectDefinition): Sql => object.offered?.(table) ?? sql`true`

const asOption = ({ id, title }: Candidate): Option => ({
  value: String(id),
  label: title ?? `№ ${id}`,
})

/** Rows of an object by a part of their title, for those who may know it, or by their whole id; for a new reference only those that may be chosen. */
export async function search(object: ObjectDefinition, typed: string, reader: Reader, isNew = false) {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean).slice(0, 5)
  const text = object.search?.(table) ?? sql`lower(${titleOf(object, table, reader)})`
  const met = titled(object, reader) ? words.map((word) => sql`${text} like ${`%${word.replace(/[\\%_]/g, '\\$&')}%`}`) : []
  const byId = /^[1-9]\d{0,14}$/.test(typed.trim()) ? sql`t.id = ${Number(typed.trim())}` : sql`false`
  const where = words.length ? sql`(${met.length ? join(met, ' and ') : sql`false`} or ${byId})` : sql`true`
  return candidates(object, reader, isNew ? sql`${where} and ${offered(object)}` : where, FOUND)
}
