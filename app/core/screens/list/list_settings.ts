import { execute, identifier, join, rows, sql, type Transaction } from '#core/database'
import { type ObjectDefinition } from '#core/objects'
import { preferenceColumns, preferencesIn, type FilterPreferences } from '../folders/preferences.js'

/** What a person has said about the list of an object; what they have not said is null. */
export interface ListSettings {
  /** Names of columns in their order, a path for a field of a referenced object. Some may be gone since. */
  columns: string[] | null
  /** Rows on a page. */
  size: number | null
  /** Lines stand closer together. */
  dense: boolean | null
}

const nothing: ListSettings = { columns: null, size: null, dense: null }

/** Of the person, and where they have said nothing, of everybody; `liked` is always the person's own. */
export async function listSettings(object: ObjectDefinition, staffId: number): Promise<ListSettings & { liked: FilterPreferences }> {
  const [found, everybody = nothing] = await spoken(object, staffId)
  const own = found ?? nothing
  return {
    liked: preferencesIn(found),
    columns: own.columns ?? everybody.columns,
    size: own.size ?? everybody.size,
    dense: own.dense ?? everybody.dense,
  }
}

async function spoken({ name }: ObjectDefinition, staffId: number) {
  const found = await rows<ListSettings & FilterPreferences & { staffId: number | null }>(
    sql`select staff_id as "staffId", columns, size, dense, ${preferenceColumns} from list_settings
      where object = ${name} and (staff_id = ${staffId} or staff_id is null)`
  )
  return [found.find((one) => one.staffId !== null), found.find((one) => one.staffId === null)]
}

/** Keeps what is said, for a person or (null) for everybody; what is not mentioned stays. */
export async function keepSettings(object: ObjectDefinition, staffId: number | null, said: Partial<ListSettings>, trx?: Transaction) {
  const names = Object.keys(said) as (keyof ListSettings)[]
  const columns = names.map((name) => identifier(name))
  const values = names.map((name) => (name === 'columns' && said.columns ? sql`${JSON.stringify(said.columns)}::jsonb` : sql`${said[name]}`))
  await execute(
    sql`insert into list_settings (staff_id, object, ${join(columns)}) values (${staffId}, ${object.name}, ${join(values)})
      on conflict (staff_id, object) do update
      set updated_at = now(), ${join(columns.map((column) => sql`${column} = excluded.${column}`))}`,
    trx
  )
}
