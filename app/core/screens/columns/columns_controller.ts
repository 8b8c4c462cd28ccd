import type { HttpContext } from '@adonisjs/core/http'
import { administers } from '#core/access'
import { Forbidden, goTo, isFragment, isHtmx, listSent, readerOf, toast, trigger } from '#core/http'
import { type ObjectDefinition } from '#core/objects'
import { keepSettings } from '../list/list_settings.js'
import { onlookerOf, sectionOf } from '../section/object_of.js'
import { type Onlooker } from '../table/cell.js'
import { columnChoice } from './column_choice.js'
import { readable } from './shown_columns.js'

/** Which columns a list shows to a person, and in which order. */
export default class ColumnsController {
  async show(ctx: HttpContext) {
    return drawn(ctx, sectionOf(ctx))
  }

  async store(ctx: HttpContext) {
    const object = sectionOf(ctx)
    const onlooker = onlookerOf(ctx)
    const columns = namesSent(ctx, object, onlooker)
    if (!columns.length) {
      ctx.response.status(422)
      return drawn(ctx, object, readerOf(ctx).t('columns.none'))
    }
    const whose = ctx.request.input('for') === 'everybody' ? everybody(onlooker) : onlooker.staff.id
    await keepSettings(object, whose, { columns, dense: ctx.request.input('dense') === '1' })
    return seen(ctx, object, whose === null ? 'columns.savedForEverybody' : 'core.saved')
  }

  /** As at first: what everybody gets. */
  async destroy(ctx: HttpContext) {
    const object = sectionOf(ctx)
    await keepSettings(object, onlookerOf(ctx).staff.id, { columns: null, dense: null, size: null })
    return seen(ctx, object, 'columns.asAtFirst')
  }
}

/** In the order in which they stand in the form, each once. */
function namesSent(ctx: HttpContext, object: ObjectDefinition, { staff }: Onlooker): string[] {
  return [...new Set(listSent(ctx, 'columns'))].filter((name) => readable(object, name, staff))
}

/** What those get who have said nothing is for administrators to say. */
const saysForEverybody = ({ staff }: Onlooker) => administers(staff)

function everybody(onlooker: Onlooker): null {
  if (!saysForEverybody(onlooker)) throw new Forbidden()
  return null
}

async function drawn(ctx: HttpContext, object: ObjectDefinition, problem?: string) {
  const onlooker = onlookerOf(ctx)
  const view = isFragment(ctx) ? 'screens::components/columns_dialog' : 'screens::columns_page'
  return ctx.view.render(view, {
    title: readerOf(ctx).t('columns.title'),
    object,
    problem,
    forEverybody: saysForEverybody(onlooker),
    ...(await columnChoice(object, onlooker)),
  })
}

/** The dialog closes, and the list behind it loads again. */
function seen(ctx: HttpContext, object: ObjectDefinition, words: string) {
  toast(ctx, readerOf(ctx).t(words))
  if (!isHtmx(ctx)) return goTo(ctx, `/${object.path}`)
  trigger(ctx, { [`${object.name}:changed`]: true, 'dialog:close': true })
  return ctx.response.status(204)
}
