import type { HttpContext } from '@adonisjs/core/http'
import { actorOf, isFragment, NotFound } from '#core/http'
import { find, objects, titles } from '#core/objects'
import { objectOf, onlookerOf } from '../section/object_of.js'
import { cellOf } from '../table/cell.js'
import { cardPage } from './card_page.js'
import { drawHead } from './draw_head.js'
import { hiddenFields, look, shownTo } from './look.js'
import { headTabsOf } from './tabs.js'

/** Personal data of one row, for those who see it row by row. It stays open until the page is left. */
export default class RevelationsController {
  /** The whole head of a card. */
  async create(ctx: HttpContext) {
    const { object, id, onlooker, open } = asked(ctx)
    const values = await find(object, id, open.reader)
    if (!values) throw new NotFound()
    await look(object, id, hiddenFields(object, onlooker.reader), actorOf(ctx))
    if (!isFragment(ctx) && object.path && !object.small) return cardPage(ctx, object, values, open)

    const [named] = await titles(object, [id], open.reader)
    return ctx.view.render('screens::components/revealed_head', {
      title: named?.title || `№ ${id}`,
      headTabs: headTabsOf(object, id, onlooker),
      head: await drawHead(object, values, open, onlooker),
    })
  }

  /** One value of a list or a detail, in its place. */
  async store(ctx: HttpContext) {
    const { object, id, onlooker, open } = asked(ctx)
    const field = objects.field(object, ctx.params.field)
    if (!hiddenFields(object, onlooker.reader).includes(field.name)) throw new NotFound()
    const values = await find(object, id, open.reader, [field.name])
    if (!values) throw new NotFound()
    await look(object, id, [field.name], actorOf(ctx))
    return ctx.view.render('screens::components/value', { cell: cellOf(field, values[field.name], open) })
  }
}

function asked(ctx: HttpContext) {
  const object = objectOf(ctx)
  const onlooker = onlookerOf(ctx)
  return { object, id: ctx.params.id as number, onlooker, open: { ...onlooker, reader: shownTo(onlooker.reader, object) } }
}
