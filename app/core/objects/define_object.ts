import { execute, identifier, sql, type Sql, type Transaction } from '#core/database'
import { dateTime } from './fields/date.js'
import { type Field, type FieldDraft, type Reader } from './fields/field.js'
import { integer } from './fields/number.js'

/**
 * What a role may do with rows of an object. `personal`: sees personal data; `reveal`: sees it of one row at a time, each look
 * being logged.
 */
export const rights = ['read', 'create', 'edit', 'delete', 'export', 'import', 'reveal', 'personal'] as const

/**
 * Rights that objects have beyond those, for what is more than an edit. The section that declares one names it:
 * `declare module '#core/objects' { interface Actions { send: true } }`.
 */
export interface Actions {}

export type Right = (typeof rights)[number] | keyof Actions

/** The roles that every installation starts with; `rights` of a declaration say what they may do. */
export const builtInRoles = ['administrator', 'marketer', 'viewer'] as const

/** The code of a row of `roles`. */
export type RoleName = string

/** Who did it: a member of staff, or nobody (an import, a job, a customer). */
export interface Actor {
  staffId: number | null
  ip?: string
  trace?: string
  /** Shops and apps, through the public interface: by which source and method. */
  source?: number
  method?: string
}

/** Values by field name, as `FieldType.parse` makes them; a reference is its id. */
export type Values = Record<string, unknown>

/** A part of a card that is more than fields and details: its own component, loaded by itself (F6). */
export interface Panel {
  name: string
  /** `header`, or the name of an inner tab. */
  tab: string
  /** Edge component: `segments::components/versions`; it gets what `load` answers, and `record`. */
  view: string
  load: (id: number, reader: Reader) => Promise<Record<string, unknown>>
  order?: number
}

/** A button in the head of a card: a plain POST, or a link to a page. */
export interface Button {
  /** Label: `<object>.buttons.<name>`. */
  name: string
  href?: (id: number) => string
  post?: (id: number) => string
  right: Right
  primary?: boolean
  /** Ask before posting: `<object>.confirm.<name>`. */
  confirm?: boolean
  /** Offered only while this claim about the row holds. */
  when?: (values: Values) => boolean
}

/** A button at every row of a list: a plain POST after which the list loads again. */
export interface RowButton {
  /** Label: `<object>.buttons.<name>`, or `core.buttons.<name>` where many objects have it. */
  name: string
  icon: string
  post: (id: number) => string
  right: Right
}

/** Something that may be done with many rows at once, beyond a change and a deletion. */
export interface BulkAction {
  /** Label: `<object>.bulk.<name>`. */
  name: string
  icon: string
  right: Right
  /** A right on another object, where rows of that are written too. */
  also?: { right: Right; object: string }
  /**
   * One row, in the transaction of its batch; answers false where there was nothing to do. Throws `InvalidFields` or a domain error
   * where the row must stay as it is: it is skipped and told.
   */
  run: (id: number, told: { actor: Actor; reader: Reader; trx: Transaction }) => Promise<boolean | void>
}

/** What the audit log holds of a row beside its fields. */
export interface HistoryPart {
  /** Their names in a change. */
  names: () => string[]
  label: (name: string, reader: Reader) => string
  /** How a value is said, which then is nobody's personal data; the log has a way of its own for filters and lists. */
  words?: (value: unknown, reader: Reader) => string
  /** Who may write the former values back. */
  right: Right
  /** Writes them back. Throws `InvalidFields` where the row is no longer as the change left it, or where they fit no more. */
  revert: (id: number, change: { before: Values; after: Values }, told: { actor: Actor; reader: Reader; trx: Transaction }) => Promise<void>
}

export interface ImportRules {
  /** Fields that may identify an existing row, the first being offered; several joined by `+`. */
  match: string[]
  /**
   * Fields that only an import knows (a customer's mail and phone are rows of their own). They are parsed like any
   * other and handed to `apply` in the staging table.
   */
  extra?: Record<string, FieldDraft>
  /** Where an extra field may identify a row: the id of the row that has this cell. */
  find?: Record<string, (cell: Sql) => Sql>
  /**
   * Rows that a rule of the section refuses, asked before a batch is written and in the dry run: selects `line`, `field` and `code`
   * (of `validator.<code>`) from `stage`. An address of another customer is such a rule.
   */
  refuse?: (stage: Sql, mapped: string[]) => Sql
  /** Lines of `stage` whose extra cells say something new of a row that exists (`id`), so that they count as updated: selects `line`. */
  changed?: (stage: Sql, mapped: string[]) => Sql
  /** Set-based work after each batch, in its transaction; `actor` is who ordered the import. */
  apply?: (stage: Sql, mapped: string[], trx: Transaction, actor: Actor) => Promise<void>
}

/**
 * What `refuse` and `apply` are given as `stage`: a relation of the batch's rows with `line`; `id` (in `refuse`: of the existing
 * row, or null); `key` (text; lines of one key are one row); and a column for each mapped field, named as the field: `"givenName"`.
 */

/** One way in which rows are found from anywhere (Ctrl+K), along an index of its own. */
export interface Lookup {
  /** Selects `id` of rows of this object and `hit`, the text that was met, or null; so many at most. */
  rows: (few: number) => Sql
  /** It looks into personal data: not asked for somebody who may not see them. */
  personal?: boolean
}

/** How rows are found from anywhere, beside the words of `search` and the id, and what tells them apart there. */
export interface Finding {
  /** Fields whose whole value or beginning is typed; a plain index on the column serves both. */
  keys?: string[]
  /** Ways through other tables: a customer by a phone, whatever its spelling. */
  also?: (typed: string) => Lookup[]
  /** Fields of the line below the title. */
  beside?: string[]
}

export type Title = (row: Sql, locale: Reader['locale']) => Sql

export interface ObjectDeclaration {
  name: string
  table: string
  /** First segment of the section's address: `/users`. Without it the object is seen only through relations. */
  path?: string
  /** Text by which a row is known, as SQL over one row; the field `name` when not given. */
  title?: Title
  /** The title is personal data: who may not see those reads the number of the row. */
  personalTitle?: boolean
  fields: Record<string, FieldDraft>
  /** Rows that exist for a person at all. */
  scope?: (row: Sql) => Sql
  /** Rows that may be chosen for another row; one that was chosen before stays where it is. */
  offered?: (row: Sql) => Sql
  /**
   * Deleted rows are kept for 30 days (`deleted_at` of its table) and may be restored; a row that others point at is not deleted
   * (`verbs.release`). Then `verbs.remove` deletes for good.
   */
  trash?: boolean
  /** Fields shown in the list, in this order. */
  columns?: string[]
  /** `field` or `-field`; lists open so. */
  sort?: string
  /** Fields searched by the quick search, as one trigram expression over a row. */
  search?: (row: Sql) => Sql
  /** A choice of few values by which people narrow the list all day: each is a press above it. */
  quick?: string
  /** Text fields that stand in `search` whole, where it is one index for several: filters on a part of them use it too. */
  searched?: string[]
  /** With it, or with `search`, rows that have a card are found from anywhere. */
  find?: Finding
  /** Fields of the head of the card, in this order; those that may be written are edited in place. */
  card?: string[]
  /**
   * Facts of the head that are looked at together, each group under its heading (`<object>.groups.<name>`); fields of `card` that no
   * group names follow. Only how it looks: `card` says what is there.
   */
  groups?: Record<string, string[]>
  /** Inner tabs of the card in their order; details and panels name them. Label: `<object>.tabs.<name>`. */
  tabs?: string[]
  panels?: Panel[]
  buttons?: Button[]
  rowButtons?: RowButton[]
  bulk?: BulkAction[]
  /** Fields of the create dialog. Absent: rows of it are not created by hand. */
  create?: string[]
  /** Rows open in an edit window from a pencil, not as a card (F5): reference books and small things. */
  small?: boolean
  /**
   * What the built-in roles start with; an administrator may do everything that is listed for anybody. What roles may do by
   * now stands in the database (#core/access, `may`).
   */
  rights: Partial<Record<(typeof builtInRoles)[number], Right[]>>
  /** Rights of its own: to send, to recount. Label: `<object>.actions.<action>`. */
  actions?: (keyof Actions)[]
  /** Rights that nobody but administrators may have: whoever has them could give themselves all others. */
  reserved?: Right[]
  importable?: ImportRules
  /**
   * Where the fields lie that an administrator adds to it (F3). `shared`, as it is when nothing is said: its table has a column
   * `attributes jsonb` that holds them all; `columns`: each is a column of its own, in a custom table; `none`: it takes no fields, since
   * nobody writes its rows (a log), or since the product itself is made of them.
   */
  attributes?: 'shared' | 'columns' | 'none'
  /** What its history tells and takes back beside fields: who is in a segment, what a role may do. */
  history?: HistoryPart
  /** Where segments may be based on it. */
  segmentable?: boolean
  verbs?: Verbs
}

/** Rules of a section around the generic writing of one row; each runs in the transaction of the change. */
export interface Verbs {
  /** Completes and checks values before they are written; throws `InvalidFields`. `id` is absent at creation. */
  before?: (values: Values, trx: Transaction, id?: number, actor?: Actor) => Promise<Values>
  after?: (id: number, values: Values, trx: Transaction, actor: Actor) => Promise<void>
  /** Before a row goes to the trash: throws where it must stay. Not given: it stays while rows of any object point at it. */
  release?: (id: number, trx: Transaction) => Promise<void>
  /** Throws `InvalidFields` or a domain error where a row must stay. Without `remove`, rows are not deleted by hand. */
  remove?: (id: number, trx: Transaction) => Promise<void>
}

export interface ObjectDefinition extends Omit<ObjectDeclaration, 'fields' | 'title'> {
  title: Title
  fields: Map<string, Field>
  attributes: 'shared' | 'columns' | 'none'
  columns: string[]
  sort: string
  card: string[]
  tabs: string[]
  panels: Panel[]
  buttons: Button[]
  rowButtons: RowButton[]
}

/** Fields that every table has (F16); an append-only log has no `updatedAt`. */
const standard = {
  id: integer({ readonly: true, sortable: true }),
  createdAt: dateTime({ readonly: true, sortable: true }),
  updatedAt: dateTime({ readonly: true }),
}

/**
 * What a thing is, said once (DESIGN, "One declaration, many doors"): its list, filter, card, forms, rights, import and
 * segments are drawn from it. `without` leaves standard fields out.
 */
export function defineObject(
  declaration: ObjectDeclaration & { without?: (keyof typeof standard)[] }
): ObjectDefinition {
  const { without = [], ...object } = declaration
  const drafts = { ...standard, ...object.fields }
  const kept = Object.entries(drafts).filter(([name]) => !without.includes(name as never))
  const fields = new Map(kept.map(([name, draft]) => [name, named(object.name, name, draft)]))
  const first = [...fields.keys()].filter((name) => !(name in standard))

  return {
    ...object,
    fields,
    title: object.title ?? titleByName,
    attributes: object.attributes ?? 'shared',
    columns: object.columns ?? ['id', ...first],
    sort: object.sort ?? '-id',
    card: object.card ?? [...fields.keys()],
    tabs: object.tabs ?? [],
    panels: object.panels ?? [],
    buttons: object.buttons ?? [],
    rowButtons: object.rowButtons ?? [],
    verbs: object.trash ? { remove: removeFrom(object.table), ...object.verbs } : object.verbs,
  }
}

const removeFrom = (table: string) => async (id: number, trx: Transaction) => {
  await execute(sql`delete from ${identifier(table)} where id = ${id}`, trx)
}

const titleByName = (row: Sql) => sql`${row}.name`

/** A field as an object owns it; a reference's column ends in `_id`. Getters of the draft stay getters. */
export function named(object: string, name: string, draft: FieldDraft): Field {
  const column = draft.column ?? snakeCase(name) + (draft.to ? '_id' : '')
  const readonly = draft.readonly ?? Boolean(draft.sql)
  const kept = Object.defineProperties({}, Object.getOwnPropertyDescriptors(draft)) as FieldDraft
  return Object.assign(kept, { object, name, column, readonly })
}

function snakeCase(name: string) {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
