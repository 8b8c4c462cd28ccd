import { may } from '#core/access'
import { objects, worded, nameOf, type ObjectDefinition, type Panel, type Reader, type Relation } from '#core/objects'
import { type Onlooker } from '../table/cell.js'
import { addressOf } from './address_of.js'

export interface Tab {
  name: string
  label: string
  /** The whole card with this tab open. */
  href: string
  /** The tab alone. */
  fragment: string
  current: boolean
}

/** Tabs of the head (F6): General, then one for each relation and panel that asks to stand there. */
export function headTabsOf(object: ObjectDefinition, id: number, onlooker: Onlooker, current = 'general'): Tab[] {
  const { reader } = onlooker
  const general = { name: 'general', label: worded(reader, `${object.name}.tabs.general`, 'core.card.general')! }
  const relations = relationsOn(object, 'header', onlooker).map((relation) => named(relation.name, object, relation, reader))
  const panels = panelsOn(object, 'header').map(({ name }) => ({ name, label: panelLabel(object, name, reader) }))
  const history = { name: HISTORY, label: reader.t('history.title') }
  return [general, ...relations, ...panels, ...(kept(object) ? [history] : [])].map((tab) => addressed(tab, object, id, 'head', tab.name === current))
}

export const HISTORY = 'history'

/** A row that people change has a history; a log is one. */
export const kept = ({ create, verbs, fields, small }: ObjectDefinition) =>
  !small && Boolean(create || verbs?.remove || [...fields.values()].some(({ readonly }) => !readonly))

/** Inner tabs, in the order of the declaration; one with nothing that the person may see is left out. */
export function tabsOf(object: ObjectDefinition, id: number, onlooker: Onlooker, current?: string): Tab[] {
  const filled = object.tabs.filter((tab) => relationsOn(object, tab, onlooker).length || panelsOn(object, tab).length)
  const chosen = filled.includes(current ?? '') ? current : filled[0]
  return filled.map((name) => {
    const label = worded(onlooker.reader, `${object.name}.tabs.${name}`) ?? name
    return addressed({ name, label }, object, id, 'tab', name === chosen)
  })
}

/** Relations shown on a tab, of objects that the person may read. */
export function relationsOn(object: ObjectDefinition, tab: string, { staff }: Onlooker): Relation[] {
  const shown = objects.relations(object).filter(({ field }) => field.inverse!.tab === tab)
  return shown.filter((relation) => may(staff, 'read', relation.object.name))
}

export function panelsOn(object: ObjectDefinition, tab: string): Panel[] {
  return object.panels.filter((panel) => panel.tab === tab).sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
}

export function panelLabel(object: ObjectDefinition, name: string, reader: Reader) {
  return worded(reader, `${object.name}.panels.${name}`) ?? name
}

export function relationLabel(object: ObjectDefinition, relation: Relation, reader: Reader) {
  return worded(reader, `${object.name}.relations.${relation.name}`) ?? nameOf(relation.object, 'many', reader)
}

/** Why nothing is there: as this card says it, or as the section of those rows does. */
export function noneLabel(owner: ObjectDefinition, { name, object }: Relation, reader: Reader) {
  return worded(reader, `${owner.name}.none.${name}`, `${object.name}.empty`) ?? reader.t('core.card.noRows')
}

function named(name: string, object: ObjectDefinition, relation: Relation, reader: Reader) {
  return { name, label: relationLabel(object, relation, reader) }
}

function addressed(tab: { name: string; label: string }, object: ObjectDefinition, id: number, place: string, current: boolean) {
  const card = addressOf(object, id)
  return { ...tab, href: `${card}?${place}=${tab.name}`, fragment: `${card}/${place}/${tab.name}`, current }
}
