/** Who did it: a member of staff, or nobody (an import, a job, a customer). */
export interface Actor {
  staffId: number | null
  ip?: string
  trace?: string
  /** Shops and apps, through the public interface: by which source and method. */
  source?: number
  method?: string
  /** Who ordered an import does not say each of its lines: the import that brought it. */
  importId?: number
}

/** Values by field name, as `FieldType.parse` makes them; a reference is its id. */
export type Values = Record<string, unknown>

/** What some fields of a row shall hold. */
export interface Change {
  id: number
  values: Values
}
