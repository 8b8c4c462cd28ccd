import { may } from '#core/access'
import { rows, sql } from '#core/database'
import { expression, objects, select, sortable, sortFor, table, type ObjectDefinition, type Reader, type Relation } from '#core/objects'
import { type Onlooker } from '../table/cell.js'
import { columnsOf } from '../table/column.js'
import { rowsOf } from '../table/rows_of.js'
import { withWords } from '../list/list_address.js'
import { addressOf } from './address_of.js'
import { relationLabel } from './tabs.js'

/** Rows shown at first, and added by each More (F7). */
const STEP = 5
const MOST = 500

export interface DetailView {
  shown: number
  sort?: string
}

/** How a detail was left; what cannot be read is as at first. */
export function detailView(relation: Relation, query: Record<string, unknown>, reader: Reader): DetailView {
  const shown = Math.min(MOST, Math.max(STEP, Number.parseInt(String(query.shown), 10) || STEP))
  const sort = typeof query.sort === 'string' && sortable(relation.object, query.sort, reader) ? query.sort : undefined
  return { shown, sort }
}

/** Linked rows on a card (F7): first five, More adds five. */
export async function drawDetail(
  owner: ObjectDefinition,
  id: number,
  relation: Relation,
  onlooker: Onlooker,
  view: DetailView = { shown: STEP }
) {
  const { object, field } = relation
  const inverse = field.inverse!
  const columns = inverse.columns ?? object.columns.filter((name) => name !== field.name)
  const sort = sortFor(object, view.sort ?? inverse.sort, onlooker.reader)
  const found = await rows<{ id: number }>(
    select(object, { reader: onlooker.reader, columns: [], where: sql`${expression(field, table)} = ${id}`, sort, limit: view.shown + 1 })
  )
  const ids = found.slice(0, view.shown).map((row) => row.id)
  const address = `${addressOf(owner, id)}/details/${relation.name}`
  const children = childrenOf(relation, onlooker)
  const drawn = await rowsOf(object, columns, ids, onlooker)

  return {
    id: `detail-${owner.name}-${id}-${relation.name}`,
    title: relationLabel(owner, relation, onlooker.reader),
    object: object.name,
    here: withWords(address, { ...view, shown: view.shown === STEP ? undefined : view.shown }),
    columns: columnsOf(object, columns, onlooker.reader, view.sort, (next) =>
      withWords(address, { shown: view.shown === STEP ? undefined : view.shown, sort: next })
    ),
    span: columns.length + (children ? 1 : 0) + (object.small ? 1 : 0),
    rows: drawn.map((row) => ({
      ...row,
      unfold: children && `${addressOf(object, row.id)}/details/${children}?nested=1`,
    })),
    unfolds: Boolean(children),
    edits: drawn.some(({ edit }) => edit),
    more: found.length > view.shown ? withWords(address, { ...view, shown: view.shown + STEP }) : undefined,
    add: addressOfNew(relation, id, onlooker),
  }
}

/** The relation whose rows unfold below a row, if the person may read them. */
function childrenOf({ object, field }: Relation, { staff }: Onlooker) {
  const name = field.inverse!.children
  if (!name) return undefined
  return may(staff, 'read', objects.relation(object, name).object.name) ? name : undefined
}

/** "+": the form of a new row that already knows whose it is. */
function addressOfNew({ object, field }: Relation, id: number, { staff }: Onlooker) {
  if (!object.create?.includes(field.name) || !may(staff, 'create', object.name)) return undefined
  return `/${object.path ?? object.name}/create?${field.name}=${id}`
}
