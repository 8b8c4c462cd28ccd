import { identifier, row, sql, type Transaction } from '#core/database'
import { InvalidFields, type ObjectDefinition, type Values } from '#core/objects'

/** Before a value is written: it has a name in some language, a built-in one keeps its code, and its place is one that there is. */
export async function checkedValues(
  book: ObjectDefinition,
  builtIn: readonly string[],
  values: Values,
  trx: Transaction,
  id?: number
): Promise<Values> {
  const now = await present(book, id, trx)
  const { nameRu, nameEn } = { ...now, ...values }
  if (!nameRu && !nameEn) throw InvalidFields.at('nameRu', 'required')
  if ('code' in values && values.code !== now.code && builtIn.includes(now.code)) throw InvalidFields.at('code', 'builtIn')
  return id && !('position' in values) ? values : { ...values, position: placeFor(values.position as number | null | undefined, now) }
}

interface Present {
  /** Empty for a value that is not there yet. */
  code: string
  nameRu: string | null
  nameEn: string | null
  position: number | null
  /** Places that there will be. */
  places: number
}

async function present({ table }: ObjectDefinition, id: number | undefined, trx: Transaction): Promise<Present> {
  const found = await row<Present>(
    sql`select count(*) filter (where deleted_at is null) + ${id ? 0 : 1} as places, coalesce(max(code) filter (where id = ${id ?? 0}), '') as code,
        max(name_ru) filter (where id = ${id ?? 0}) as "nameRu", max(name_en) filter (where id = ${id ?? 0}) as "nameEn",
        max(position) filter (where id = ${id ?? 0}) as position
      from ${identifier(table)}`,
    trx
  )
  return found!
}

/** A new value stands last unless it is said where; one whose number was emptied stays where it is. */
function placeFor(wanted: number | null | undefined, { position, places }: Present) {
  return Math.min(Math.max(wanted ?? position ?? places, 1), places)
}
