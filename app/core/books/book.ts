import { sql, type Transaction } from '#core/database'
import { defineObject, flag, integer, text, ways, type FieldDraft, type ObjectDeclaration, type ObjectDefinition, type RoleName, type Right, type Values, type Verbs } from '#core/objects'
import { checkedValues } from './checked_values.js'
import { nameIn } from './names.js'
import { place } from './place.js'
import { refuseNeeded } from './refuse_needed.js'

interface BookDeclaration {
  name: string
  table: string
  path: string
  /** What a value says besides its name. */
  fields?: Record<string, FieldDraft>
  /** Codes that the product itself asks for: their values are neither deleted nor given another code. */
  builtIn?: () => readonly string[]
  /** Of a value that is more than its name, which then opens as a card. */
  card?: Pick<ObjectDeclaration, 'card' | 'groups' | 'buttons' | 'columns' | 'tabs' | 'panels'>
  /** Makes the code of a new value that came without one; where it is not given, people write codes themselves. */
  codeFor?: (values: Values, trx: Transaction) => Promise<string>
  /** Its own rules, after those of every book. */
  check?: NonNullable<Verbs['before']>
  /** After a value was written or deleted. */
  changed?: () => void
}

const rights: Partial<Record<RoleName, Right[]>> = {
  administrator: ['read', 'create', 'edit', 'delete', 'export'],
  marketer: ['read', 'export'],
  viewer: ['read'],
}

/** Every reference book of the product. */
export const books: ObjectDefinition[] = []

/**
 * A reference book (F16): a short list that staff keep, with names in both languages and an order of its own. Its table has `code`,
 * `name_ru`, `name_en`, `position` and `active` (database/migrations/0205_give_books_names_in_two_languages.ts).
 */
export function book({ name, table, path, fields = {}, builtIn = () => [], card, codeFor, check, changed }: BookDeclaration): ObjectDefinition {
  const own = Object.keys(fields)
  const written = own.filter((field) => !fields[field].readonly && !fields[field].sql)
  const object: ObjectDefinition = defineObject({
    name,
    table,
    path,
    title: nameIn,
    search: (row) => sql`lower(concat_ws(' ', ${row}.name_ru, ${row}.name_en, ${row}.code))`,
    offered: (row) => sql`${row}.active`,
    fields: {
      position: integer({ sortable: true }),
      code: text({ required: !codeFor, sortable: true, max: 100 }),
      nameRu: text({ sortable: true, max: 200 }),
      nameEn: text({ sortable: true, max: 200 }),
      ...fields,
      active: flag({ initial: true }),
    },
    columns: ['position', 'nameRu', 'nameEn', 'code', ...own, 'active', 'id', 'createdAt', 'updatedAt'],
    create: codeFor ? ['nameRu', 'nameEn', 'code', ...written, 'position', 'active'] : ['code', 'nameRu', 'nameEn', ...written, 'position', 'active'],
    sort: 'position',
    small: !card,
    rowButtons: ways.map((way) => ({ name: way, icon: way, post: (id) => `/${path}/${id}/moves/${way}`, right: 'edit' })),
    rights,
    trash: true,
    ...card,
    verbs: {
      before: async (values, trx, id) => {
        const coded = id || values.code || !codeFor ? values : { ...values, code: await codeFor(values, trx) }
        const checked = await checkedValues(object, builtIn(), coded, trx, id)
        return check ? check(checked, trx, id) : checked
      },
      after: async (id, { position }, trx) => {
        await place(object, id, position as number | undefined, trx)
        changed?.()
      },
      release: async (id, trx) => {
        await refuseNeeded(object, builtIn(), id, trx)
        changed?.()
      },
    },
  })
  books.push(object)
  return object
}
