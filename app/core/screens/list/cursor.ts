import { row, sql } from '#core/database'
import { objects, type ObjectDefinition } from '#core/objects'

/**
 * A place between two rows: the row beside it and the side on which the page lies. Paging by it costs the same at any depth,
 * and rows that come or go meanwhile shift nothing (DATA, 1d).
 */
export interface Cursor {
  side: 'after' | 'before'
  /** The sorted value of that row as PostgreSQL writes it (a JavaScript date would lose microseconds); null has its place too. */
  key: string | null
  id: number
}

export function cursorText({ side, key, id }: Cursor): string {
  return Buffer.from(JSON.stringify([side, key, id])).toString('base64url')
}

export function cursorFrom(text: string): Cursor | undefined {
  try {
    const [side, key, id] = JSON.parse(Buffer.from(text, 'base64url').toString())
    const wellFormed = ['after', 'before'].includes(side) && (key === null || typeof key === 'string')
    return wellFormed && Number.isSafeInteger(id) && !String(key).includes('\0') ? { side, key, id } : undefined
  } catch {
    return undefined
  }
}

/** The place that a text names in an order of the object; none where its value is none of the sorted field: the text may be made up. */
export async function placeIn(object: ObjectDefinition, sort: string, text: string): Promise<Cursor | undefined> {
  const cursor = cursorFrom(text)
  if (!cursor || cursor.key === null) return cursor
  const { type } = objects.field(object, sort.replace(/^-/, ''))
  const asked = await row<{ fits: boolean }>(sql`select pg_input_is_valid(${cursor.key}, ${type.sqlType}) as fits`)
  return asked!.fits ? cursor : undefined
}
