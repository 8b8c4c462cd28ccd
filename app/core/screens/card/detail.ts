import { may } from '#core/access'
import { rows, sql } from '#core/database'
import { compile } from '#core/filters'
import { expression, idsPointedAt, objects, select, sortFor, table, type Field, type ObjectDefinition, type Relation, type Values } from '#core/objects'
import { type Onlooker } from '../table/cell.js'
import { columnsOf } from '../table/column.js'
import { drawRows, hasButtons } from '../table/rows_of.js'
import { addressOf } from './address_of.js'
import { asList, detailFilter } from './detail_filter.js'
import { detailId } from './detail_id.js'
import { detailAddress, detailView, STEP, type DetailView } from './detail_view.js'
import { noneLabel, relationLabel } from './tabs.js'

/** Linked rows on a card (F7): first five, More adds five. */
export async function drawDetail(
  owner: ObjectDefinition,
  id: number,
  relation: Relation,
  onlooker: Onlooker,
  view?: DetailView
) {
  return drawView(owner, id, relation, onlooker, view ?? (await detailView(relation, {}, onlooker.reader)))
}

async function drawView(owner: ObjectDefinition, id: number, relation: Relation, onlooker: Onlooker, view: DetailView) {
  const { object, field } = relation
  const inverse = field.inverse!
  const columns = inverse.columns ?? object.columns.filter((name) => name !== field.name)
  const sort = sortFor(object, view.sort ?? inverse.sort, onlooker.reader)
  const pointed = await idsPointedAt(field, id)
  const where = sql`${pointing(field, pointed)} and ${conditionOf(object, view, onlooker)}`
  const found = await rows<Values & { id: number }>(select(object, { reader: onlooker.reader, columns, where, sort, limit: view.shown + 1 }))
  const address = `${addressOf(owner, id)}/details/${relation.name}`
  const children = childrenOf(relation, onlooker)
  const drawn = drawRows(object, columns, found.slice(0, view.shown), onlooker)

  return {
    id: detailId(owner, id, relation),
    title: relationLabel(owner, relation, onlooker.reader),
    none: noneLabel(owner, relation, onlooker.reader),
    object: object.name,
    here: detailAddress(address, view),
    columns: columnsOf(object, columns, onlooker.reader, view.sort, (next) => detailAddress(address, view, { sort: next })),
    span: columns.length + (children ? 1 : 0) + (object.small ? 1 : 0),
    rows: drawn.map((row) => ({
      ...row,
      unfold: children && `${addressOf(object, row.id)}/details/${children}?nested=1`,
    })),
    unfolds: Boolean(children),
    edits: drawn.some(hasButtons),
    more: found.length > view.shown ? detailAddress(address, view, { shown: view.shown + STEP }) : undefined,
    add: addressOfNew(relation, id, onlooker),
    filter: await detailFilter(relation, address, view, onlooker.reader),
    list: await asList(relation, id, view, onlooker),
  }
}

/** One id is compared as one: an index that goes on with the order of the rows then gives them in it. */
export function pointing(field: Field, ids: number[]) {
  return ids.length === 1 ? sql`${expression(field, table)} = ${ids[0]}` : sql`${expression(field, table)} = any(${ids}::bigint[])`
}

/** Rows that do not meet a filter which cannot be read would pass for its own. */
function conditionOf(object: ObjectDefinition, { filter, problem }: DetailView, { reader }: Onlooker) {
  return problem ? sql`false` : compile(filter, object, { timezone: reader.timezone })
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
