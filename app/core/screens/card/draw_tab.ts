import { NotFound } from '#core/http'
import { type ObjectDefinition, type Panel } from '#core/objects'
import { type Onlooker } from '../table/cell.js'
import { addressOf } from './address_of.js'
import { drawDetail } from './detail.js'
import { HISTORY, kept, panelLabel, panelsOn, relationsOn } from './tabs.js'

/** What stands on an inner tab: panels that ask to be first, details, the other panels. */
export async function drawTab(object: ObjectDefinition, id: number, tab: string, onlooker: Onlooker) {
  if (!object.tabs.includes(tab)) throw new NotFound()
  const relations = relationsOn(object, tab, onlooker)
  const panels = panelsOn(object, tab).map((panel) => ({ order: panel.order ?? 0, ...drawnPanel(object, id, panel, onlooker) }))
  return {
    before: panels.filter(({ order }) => order < 0),
    details: await Promise.all(relations.map((relation) => drawDetail(object, id, relation, onlooker))),
    after: panels.filter(({ order }) => order >= 0),
  }
}

/** A tab of the head holds one relation or one panel. */
export async function drawHeadTab(object: ObjectDefinition, id: number, name: string, onlooker: Onlooker) {
  if (name === HISTORY && kept(object)) return { before: [], details: [], after: [{ name, title: onlooker.reader.t('history.title'), href: `${addressOf(object, id)}/history`, loads: 'load' }] }
  const relation = relationsOn(object, 'header', onlooker).find((one) => one.name === name)
  if (relation) return { before: [], details: [await drawDetail(object, id, relation, onlooker)], after: [] }
  const panel = panelsOn(object, 'header').find((one) => one.name === name)
  if (!panel) throw new NotFound()
  return { before: [], details: [], after: [drawnPanel(object, id, panel, onlooker)] }
}

function drawnPanel(object: ObjectDefinition, id: number, { name, hears = [] }: Panel, { reader }: Onlooker) {
  const loads = ['load', ...hears.map((heard) => `${heard}:changed from:body`)].join(', ')
  return { name, title: panelLabel(object, name, reader), href: `${addressOf(object, id)}/panels/${name}`, loads }
}
