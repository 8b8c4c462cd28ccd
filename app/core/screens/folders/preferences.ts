import { execute, identifier, join, row, sql } from '#core/database'
import { type ObjectDefinition } from '#core/objects'

/** How a person likes the filter and the folders of a section (in `list_settings`, beside its columns). */
export interface FilterPreferences {
  /** The builder stands open or hidden, as it was left; null: it never was touched. */
  filterShown: boolean | null
  foldersFolded: boolean | null
  /** The folder with which the section opens. */
  defaultFolder: number | null
  /** Folders that stand first, in this order. */
  pinned: number[]
}

const columns: Record<keyof FilterPreferences, string> = {
  filterShown: 'filter_shown',
  foldersFolded: 'folders_folded',
  defaultFolder: 'default_folder_id',
  pinned: 'pinned_folders',
}

const untouched: FilterPreferences = { filterShown: null, foldersFolded: null, defaultFolder: null, pinned: [] }

/** What is read of a row of `list_settings`, for `preferencesIn`. */
export const preferenceColumns = sql`filter_shown as "filterShown", folders_folded as "foldersFolded",
  default_folder_id as "defaultFolder", pinned_folders as pinned`

export function preferencesIn(found: FilterPreferences | undefined): FilterPreferences {
  if (!found) return untouched
  const { filterShown, foldersFolded, defaultFolder, pinned } = found
  return { filterShown, foldersFolded, defaultFolder, pinned: pinned.map(Number) }
}

export async function filterPreferences({ name }: ObjectDefinition, staffId: number): Promise<FilterPreferences> {
  return preferencesIn(
    await row<FilterPreferences>(sql`select ${preferenceColumns} from list_settings where object = ${name} and staff_id = ${staffId}`)
  )
}

/** Keeps what is said; the rest stays as it is. */
export async function keepPreferences({ name }: ObjectDefinition, staffId: number, said: Partial<FilterPreferences>) {
  const names = Object.keys(said) as (keyof FilterPreferences)[]
  if (!names.length) return
  const written = names.map((one) => identifier(columns[one]))
  await execute(
    sql`insert into list_settings (staff_id, object, ${join(written)}) values (${staffId}, ${name}, ${join(names.map((one) => sql`${said[one]}`))})
      on conflict (staff_id, object) do update
      set updated_at = now(), ${join(written.map((column) => sql`${column} = excluded.${column}`))}`
  )
}
