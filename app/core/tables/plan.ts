import { type MenuGroup } from '#core/modules'

/** A field of a table that is about to be registered. */
export interface PlannedField {
  name: string
  label: string
  labelEn: string | null
  type: string
  choices: string | null
  /** Reference: name of the object that it points at. */
  target: string | null
  required: boolean
  personal: boolean
  tellsApart: boolean
  /** Found table: its column there. File: the column of the file. */
  from: string | null
}

/** What an administrator decided about a table, checked. */
export interface TablePlan {
  one: string
  many: string
  oneEn: string | null
  manyEn: string | null
  path: string
  menuGroup: MenuGroup
  /** Name of the field by which people know a row. */
  titleField: string | null
  fields: PlannedField[]
}
