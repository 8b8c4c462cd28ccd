import { execute, identifier, sql, type Sql, type Transaction } from '#core/database'
import { type Values } from './actor.js'
import { type Button, type BulkAction, type RowButton, type SectionLink } from './buttons.js'
import { dateTime } from './fields/date.js'
import { type Field, type FieldDraft, type Reader } from './fields/field.js'
import { integer } from './fields/number.js'
import { type Finding } from './finding.js'
import { type HistoryPart } from './history_part.js'
import { type ImportRules } from './import_rules.js'
import { type Panel } from './panel.js'
import { type Actions, type builtInRoles, type Right } from './rights.js'
import { type Verbs } from './verbs.js'

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
  /**
   * Two rows may turn out to be one thing: `canonical_id` of a merged row says which one it is today. `table` lists merged rows alone, by
   * `id`, and an index of all rows holds `standsFor` with `id` and `canonical_id`. A merged row is `deleted_at` for good and never in the
   * trash; facts keep the id that they were written with, and are read as those of the row which it leads to (`aliases.ts`).
   */
  aliases?: { table: string; id: string }
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
  /** In the head of the section, beside what every section has. */
  sectionLinks?: SectionLink[]
  rowButtons?: RowButton[]
  bulk?: BulkAction[]
  /** Of rows that nobody changes by hand any more; why not stands above such a card (`<object>.closed`). */
  closed?: (values: Values) => boolean
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
    /** When it came and changed stands last; its id stands beside the title. */
    card: object.card ?? [...first, ...[...fields.keys()].filter((name) => name in standard && name !== 'id')],
    tabs: object.tabs ?? [],
    panels: object.panels ?? [],
    buttons: object.buttons ?? [],
    rowButtons: object.rowButtons ?? [],
    verbs: object.trash ? { remove: (id, trx) => deleteRow(object.table, id, trx), ...object.verbs } : object.verbs,
  }
}

/** For good, where nothing speaks against it. */
export async function deleteRow(table: string, id: number, trx: Transaction) {
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
