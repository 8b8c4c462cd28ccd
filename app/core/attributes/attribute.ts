import { rows, sql, type Transaction } from '#core/database'

/** A field that an administrator added, as its row says. */
export interface Attribute {
  id: number
  object: string
  name: string
  label: string
  labelEn: string | null
  hint: string | null
  hintEn: string | null
  type: string
  /** Choice: its values, one a line. */
  choices: string | null
  /** Reference: the object that it points at, and what that one calls the relation back. */
  target: string | null
  relation: string | null
  required: boolean
  personal: boolean
  place: 'top' | 'bottom' | 'none'
  /** Column of a custom table; absent where the value is a key of `attributes jsonb`. */
  columnName: string | null
  /** Custom table: no two rows have the same value, so an import may tell rows by it. */
  tellsApart: boolean
  /** Found table: made of a column by a cast, so never written. */
  computed: boolean
  indexed: boolean
  /** Found table: the column there that it shows; absent of one that was registered before this was kept. */
  sourceColumn: string | null
}

const columns = sql`id, object, name, label, label_en as "labelEn", hint, hint_en as "hintEn", type, choices, target, relation, required,
  personal, place, column_name as "columnName", tells_apart as "tellsApart", computed, indexed_at is not null as indexed,
  source_column as "sourceColumn"`

/** Every attribute, in the order of the administrator. */
export async function allAttributes(trx?: Transaction): Promise<Attribute[]> {
  return rows<Attribute>(sql`select ${columns} from attributes order by object, position, id`, trx)
}

export async function attributeOf(id: number, trx?: Transaction): Promise<Attribute | undefined> {
  const [found] = await rows<Attribute>(sql`select ${columns} from attributes where id = ${id}`, trx)
  return found
}
