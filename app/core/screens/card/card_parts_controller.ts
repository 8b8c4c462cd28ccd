import type { HttpContext } from '@adonisjs/core/http'
import { may } from '#core/access'
import { Forbidden, isFragment, NotFound } from '#core/http'
import { find, objects } from '#core/objects'
import { objectOf, onlookerOf } from '../section/object_of.js'
import { addressOf } from './address_of.js'
import { drawHead } from './draw_head.js'
import { drawDetail } from './detail.js'
import { detailView } from './detail_view.js'
import { drawHeadTab, drawTab } from './draw_tab.js'
import { headTabsOf, tabsOf } from './tabs.js'

/** The parts of a card that load when they are looked at. */
export default class CardPartsController {
  async head(ctx: HttpContext) {
    const { object, values, onlooker } = await asked(ctx)
    const name = ctx.params.tab
    const head = name === 'general' ? await drawHead(object, values, onlooker) : undefined
    const part = head ? undefined : await drawHeadTab(object, values.id, name, onlooker)
    const tabs = headTabsOf(object, values.id, onlooker, name)
    return ctx.view.render('screens::components/card_head', { headTabs: tabs, head, part })
  }

  async tab(ctx: HttpContext) {
    const { object, values, onlooker } = await asked(ctx)
    const part = await drawTab(object, values.id, ctx.params.tab, onlooker)
    return ctx.view.render('screens::components/card_tab', { tabs: tabsOf(object, values.id, onlooker, ctx.params.tab), part })
  }

  async detail(ctx: HttpContext) {
    const { object, values, onlooker } = await asked(ctx)
    const relation = objects.relation(object, ctx.params.relation)
    if (!may(onlooker.staff, 'read', relation.object.name)) throw new Forbidden()
    const query = ctx.request.qs()
    const detail = await drawDetail(object, values.id, relation, onlooker, await detailView(relation, query, onlooker.reader))
    if (!isFragment(ctx)) return ctx.view.render('screens::detail_page', { detail, back: addressOf(object, values.id) })
    return ctx.view.render('screens::components/detail', { detail, nested: query.nested === '1' })
  }

  async panel(ctx: HttpContext) {
    const { object, values, onlooker } = await asked(ctx)
    const panel = object.panels.find(({ name }) => name === ctx.params.panel)
    if (!panel) throw new NotFound()
    return ctx.view.render(panel.view, { ...(await panel.load(values.id, onlooker.reader)), record: values })
  }
}

async function asked(ctx: HttpContext) {
  const object = objectOf(ctx)
  const onlooker = onlookerOf(ctx)
  const values = await find(object, ctx.params.id, onlooker.reader)
  if (!values) throw new NotFound()
  return { object, values, onlooker }
}
