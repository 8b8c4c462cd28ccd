import { existing, objects, titled, titleOf, titles, type Field, type ObjectDefinition, type Reader, table } from '#core/objects'
import { identifier, join, rows, sql } from '#core/database'

export interface Option {
  value: string
  label: string
}

/** A list up to this long is shown as it is; a longer one is searched (UX, "Select"). */
const FEW = 15
const FOUND = 20

/** What an input lets a person choose from; a long list of references holds only the chosen row and is searched. */
export async function optionsOf(field: Field, value: string, reader: Reader) {
  if (field.values) return { options: field.values.map((one) => optionOf(one, field, reader)) }
  if (!field.to) return { options: [] }

  const to = objects.get(field.to)
  const few = await search(to, '', reader, FEW + 1)
  if (few.length <= FEW) return { options: few.map(asOption) }
  const chosen = /^\d{1,15}$/.test(value) ? await titles(to, [Number(value)], reader) : []
  const remote = {
    'data-search': `/references/${to.path ?? to.name}`,
    'data-placeholder': reader.t('core.search'),
    'data-none': reader.t('core.nothingFound'),
  }
  return { options: chosen.map(asOption), remote }
}

const optionOf = (value: string, field: Field, reader: Reader): Option => ({
  value,
  label: field.type.show(value as never, field, reader),
})

const asOption = ({ id, title }: { id: number; title: string | null }): Option => ({
  value: String(id),
  label: title ?? `№ ${id}`,
})

/** Rows of an object by a part of their title, for those who may know it, or by their whole id. */
export async function search(object: ObjectDefinition, typed: string, reader: Reader, limit = FOUND) {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean).slice(0, 5)
  const text = object.search?.(table) ?? sql`lower(${titleOf(object, table, reader)})`
  const met = titled(object, reader) ? words.map((word) => sql`${text} like ${`%${word.replace(/[\\%_]/g, '\\$&')}%`}`) : []
  const byId = /^[1-9]\d{0,14}$/.test(typed.trim()) ? sql`t.id = ${Number(typed.trim())}` : sql`false`
  const where = words.length ? sql`(${met.length ? join(met, ' and ') : sql`false`} or ${byId})` : sql`true`

  return rows<{ id: number; title: string | null }>(
    sql`select t.id, ${titleOf(object, table, reader)} as title from ${identifier(object.table)} ${table}
      where ${existing(object)} and ${where} order by t.id limit ${limit}`
  )
}
