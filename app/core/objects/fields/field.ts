import { type Sql } from '#core/database'

/** What a person sees and types depends on these. */
export interface Reader {
  locale: 'ru' | 'en'
  /** IANA name; dates are stored in UTC and read and typed in this zone. */
  timezone: string
  /** ISO 4217, for money fields. */
  currency: string
  t(key: string, values?: Record<string, unknown>): string
  /** May they see personal data of rows of this object? What they may not see is never read for them (`records.ts`). */
  knows(object: string): boolean
  /** May they read rows of this object? What they may not read no filter asks about, and no title of it is told by its id. */
  reads(object: string): boolean
}

/** For text that no person reads in their own way: commands, the audit log. */
export const plain: Reader = { locale: 'en', timezone: 'UTC', currency: 'RUB', t: (key) => key, knows: () => true, reads: () => true }

/** Personal data that this reader may not see, or what only a hidden reference leads to. */
export const hidden = (field: Pick<Field, 'personal' | 'object' | 'behind'>, reader: Reader): boolean =>
  (Boolean(field.personal) && !reader.knows(field.object)) || (field.behind !== undefined && hidden(field.behind, reader))

/** How much of a text a person typed. */
export type Extent = 'whole' | 'beginning' | 'part'

/** What a colour means, the same everywhere: `tokens.css`. */
export type Tone = 'good' | 'warn' | 'bad' | 'accent'

export interface FieldOptions {
  /** Column in the object's table; the field's name in snake_case when not given. */
  column?: string
  /** A computed field: SQL over one row, whose alias is given. Such a field is never written. */
  sql?: (row: Sql) => Sql
  required?: boolean
  /** Shown and filtered, but no form or import writes it. */
  readonly?: boolean
  /** Written only at creation. */
  fixed?: boolean
  /** An index on (column, id) stands behind it, so lists may sort by it. */
  sortable?: boolean
  /** What the create dialog starts with: a stored value, or a question that answers one. */
  initial?: unknown | (() => Promise<unknown>)
  /** Reference: the very row that was meant, although it was merged into another one since. */
  exact?: boolean
  /**
   * Text that is kept in a spelling of its own: how it may be kept if a person typed this as all of it, as its beginning, or as a part of it.
   * Filters look for each of them.
   */
  spelled?: (typed: string, extent: Extent) => string[]
  /** People take it elsewhere (a phone, a number in another system): a button copies it. */
  copied?: boolean
  /** Personal data (F18, F25): masked for roles without the right. */
  personal?: boolean
  /** Written and never read back: a card says whether it is set, and no list, form, filter, export or audit row shows it. Empty input keeps what is there. */
  secret?: boolean
}

/**
 * One type of field, as a row of a table: how it is stored, typed, shown and compared. A new type is one
 * file in this folder and one line in `field_types.ts`.
 */
export interface FieldType {
  name: string
  /** SQL type of the column, to which bound values and staged text are cast. */
  sqlType: string
  /** Stored value of what a person typed or a file holds; throws `InvalidValue`. Empty text never arrives here. */
  parse(typed: string, field: Field, reader: Reader): unknown
  /** Words for a page. Never called with null. */
  show(value: never, field: Field, reader: Reader): string
  /** What an input holds and a CSV cell says: `parse` reads it back. Never called with null. */
  write(value: never, field: Field, reader: Reader): string
  /** Edge component of the input, under `components/inputs`. */
  input: string
  /** Numbers stand at the right edge of a column. */
  align?: 'end'
}

export interface Field extends FieldOptions {
  name: string
  /** Name of the object that it belongs to. */
  object: string
  type: FieldType
  column: string
  /** Added by an administrator: its value is a key of the column `attributes`. */
  attribute?: boolean
  /** Choice: the values in their order; labels are `<object>.choices.<field>.<value>`. */
  values?: readonly string[]
  /** Choice: values that a person tells apart at a glance; the word stands in that colour. */
  tones?: Readonly<Record<string, Tone>>
  /** Choice of many values that the world names: what one is called, instead of a word of the language files. */
  named?: (value: string, locale: Reader['locale']) => string
  /** Choice of many values: the code of the sentence about what is none of them, which does not name them all. */
  unknown?: string
  /** Choice: other ways to say a value, in small letters: its words in both languages. */
  spellings?: ReadonlyMap<string, string>
  /** A column of a referenced row (`columnOf`): the reference that leads there. */
  behind?: Field
  /** Reference: name of the object that it points at. */
  to?: string
  /** Reference: how the other side sees this one. */
  inverse?: Inverse
  /** Decimal: digits after the point. */
  scale?: number
  /** Text: longest allowed, in characters. */
  max?: number
  /** Text: how the input is drawn and what it must look like. */
  format?: 'line' | 'multiline' | 'email' | 'code'
}

/** A relation seen from the referenced object: `receipt.user` gives the user card its "receipts". */
export interface Inverse {
  /** Name of the relation on the referenced object: `receipts`. */
  many: string
  /** Where the card shows it: `header`, or the name of an inner tab; absent: only in filters. */
  tab?: string
  /** Columns of the detail; the object's own list columns when not given. */
  columns?: string[]
  sort?: string
  /** The condition with which the detail opens; a press shows the others. */
  opens?: { field: string; operator: string; value: string[] }
  /** Both tables carry `user_id`, and every join repeats it (day-one rule 2 for distributed tables). */
  colocated?: boolean
  /** Reference of these rows whose titles stand in the head of the card: the segments that a customer is in. */
  badges?: string
  /** A merge carries over what counts of these rows: those that still point at the merged row are its own past. */
  own?: boolean
  /** Relation of the row object whose rows unfold below a row of the detail (F7). */
  children?: string
}

/** Declared without a name: the object gives it. */
export type FieldDraft = Omit<Field, 'name' | 'object' | 'column'> & { column?: string }

/** The words are `validator.<code>` with `params`. */
export class InvalidValue extends Error {
  constructor(
    readonly code: string,
    readonly params: Record<string, unknown> = {}
  ) {
    super(code)
  }
}

/** Words for a value that is of no declared field, as every list would write it: `show(integer(), 1200, reader)`. */
export function show(draft: FieldDraft, value: unknown, reader: Reader): string {
  return draft.type.show(value as never, draft as Field, reader)
}
