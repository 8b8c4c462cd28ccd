import { row, rows, sql, type Transaction } from '#core/database'
import { type MenuGroup } from '#core/modules'

/** A table that an administrator registered, as its row says; its fields are attributes of the object `name`. */
export interface CustomTable {
  id: number
  /** Name of its object: `custom_vehicles`. */
  name: string
  path: string
  /** The table, or the view of one that was there already, in the schema `custom`. */
  tableName: string
  /** Made in the back office, or found in the database. */
  origin: 'made' | 'found'
  one: string
  many: string
  oneEn: string | null
  manyEn: string | null
  menuGroup: MenuGroup
  /** The field by which people know a row. */
  titleField: string | null
  editable: boolean
  sourceSchema: string | null
  sourceTable: string | null
  keyColumn: string | null
}

const columns = sql`id, name, path, table_name as "tableName", origin, one, many, one_en as "oneEn", many_en as "manyEn",
  menu_group as "menuGroup", title_field as "titleField", editable, source_schema as "sourceSchema", source_table as "sourceTable",
  key_column as "keyColumn"`

export async function allTables(): Promise<CustomTable[]> {
  return rows<CustomTable>(sql`select ${columns} from custom_tables order by id`)
}

export async function tableOf(id: number, trx?: Transaction): Promise<CustomTable | undefined> {
  return row<CustomTable>(sql`select ${columns} from custom_tables where id = ${id}`, trx)
}
