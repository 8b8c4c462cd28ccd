import type { HttpContext } from '@adonisjs/core/http'
import { type ObjectDefinition, type Values } from '#core/objects'
import { type Onlooker } from '../table/cell.js'
import { drawCard } from './draw_card.js'
import { drawHead } from './draw_head.js'
import { drawHeadTab, drawTab } from './draw_tab.js'
import { headTabsOf, tabsOf } from './tabs.js'

/** The whole page of a row, with the tabs open that the address names. */
export async function cardPage(ctx: HttpContext, object: ObjectDefinition, values: Values & { id: number }, onlooker: Onlooker) {
  const { id } = values
  const { head, tab } = ctx.request.qs()
  const headTabs = headTabsOf(object, id, onlooker, String(head ?? 'general'))
  const tabs = tabsOf(object, id, onlooker, String(tab ?? ''))
  const openHead = headTabs.find(({ current }) => current) ?? headTabs[0]
  const openTab = tabs.find(({ current }) => current)
  const [card, opened, part] = await Promise.all([
    drawCard(object, values, onlooker),
    openHead.name === 'general' ? drawHead(object, values, onlooker) : drawHeadTab(object, id, openHead.name, onlooker),
    openTab && drawTab(object, id, openTab.name, onlooker),
  ])
  const inside = 'groups' in opened ? { head: opened } : { headPart: opened }
  return ctx.view.render('screens::card', { card, headTabs, tabs, part, head: undefined, headPart: undefined, ...inside })
}
