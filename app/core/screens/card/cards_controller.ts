import type { HttpContext } from '@adonisjs/core/http'
import { NotFound } from '#core/http'
import { find } from '#core/objects'
import { onlookerOf, sectionOf } from '../section/object_of.js'
import { drawCard } from './draw_card.js'
import { drawHeadTab, drawTab } from './draw_tab.js'
import { headTabsOf, tabsOf } from './tabs.js'

/** The card of a row (F6). */
export default class CardsController {
  async show(ctx: HttpContext) {
    const object = sectionOf(ctx)
    const onlooker = onlookerOf(ctx)
    const id = ctx.params.id as number
    const values = await find(object, id, onlooker.reader)
    if (!values || object.small) throw new NotFound()

    const { head, tab } = ctx.request.qs()
    const headTabs = headTabsOf(object, id, onlooker, String(head ?? 'general'))
    const tabs = tabsOf(object, id, onlooker, String(tab ?? ''))
    const openHead = headTabs.find(({ current }) => current) ?? headTabs[0]
    const openTab = tabs.find(({ current }) => current)
    return ctx.view.render('screens::card', {
      card: await drawCard(object, values, onlooker),
      headTabs,
      tabs,
      headPart: openHead.name === 'general' ? undefined : await drawHeadTab(object, id, openHead.name, onlooker),
      part: openTab && (await drawTab(object, id, openTab.name, onlooker)),
    })
  }
}
