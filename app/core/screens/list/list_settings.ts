import { execute, identifier, join, quotedName, rows, sql, type Sql, type Transaction } from '#core/database'
import { type ObjectDefinition } from '#core/objects'

/** What a person has said about the section of an object; what they have not said is null. */
interface ListSettings extends FilterPreferences {
  /** Names of columns in their order, a path for a field of a referenced object. Some may be gone since. */
  columns: string[] | null
  /** Rows on a page. */
  size: number | null
  /** Lines stand closer together. */
  dense: boolean | null
}

/** How they like its filter and folders: always their own, whatever is said for everybody. */
export interface FilterPreferences {
  /** The builder stands open or hidden, as it was left; null: it never was touched. */
  filterShown: boolean | null
  foldersFolded: boolean | null
  /** The folder with which the section opens. */
  defaultFolder: number | null
  /** Folders that stand first, in this order. */
  pinned: number[]
}

const nothing: ListSettings = {
  columns: null, size: null, dense: null, filterShown: null, foldersFolded: null, defaultFolder: null, pinned: [],
}

const named: Record<keyof ListSettings, Sql> = {
  columns: identifier('columns'),
  size: identifier('size'),
  dense: identifier('dense'),
  filterShown: identifier('filter_shown'),
  foldersFolded: identifier('folders_folded'),
  defaultFolder: identifier('default_folder_id'),
  pinned: identifier('pinned_folders'),
}

const names = Object.keys(named) as (keyof ListSettings)[]

/** Of the person, and where they have said nothing about the table, of everybody. */
export async function listSettings(object: ObjectDefinition, staffId: number): Promise<ListSettings> {
  const [own = nothing, everybody = nothing] = await spoken(object, staffId)
  return {
    ...own,
    columns: own.columns ?? everybody.columns,
    size: own.size ?? everybody.size,
    dense: own.dense ?? everybody.dense,
    pinned: own.pinned.map(Number),
  }
}

async function spoken({ name }: ObjectDefinition, staffId: number) {
  const found = await rows<ListSettings & { staffId: number | null }>(
    sql`select staff_id as "staffId", ${join(names.map((one) => sql`${named[one]} as ${quotedName(one)}`))} from list_settings
      where object = ${name} and (staff_id = ${staffId} or staff_id is null)`
  )
  return [found.find((one) => one.staffId !== null), found.find((one) => one.staffId === null)]
}

/** Keeps what is said, for a person or (null) for everybody; what is not mentioned stays. */
export async function keepSettings(object: ObjectDefinition, staffId: number | null, said: Partial<ListSettings>, trx?: Transaction) {
  const mentioned = names.filter((name) => name in said)
  if (!mentioned.length) return
  const columns = mentioned.map((name) => named[name])
  const values = mentioned.map((name) => (name === 'columns' && said.columns ? sql`${JSON.stringify(said.columns)}::jsonb` : sql`${said[name]}`))
  await execute(
    sql`insert into list_settings (staff_id, object, ${join(columns)}) values (${staffId}, ${object.name}, ${join(values)})
      on conflict (staff_id, object) do update
      set updated_at = now(), ${join(columns.map((column) => sql`${column} = excluded.${column}`))}`,
    trx
  )
}
