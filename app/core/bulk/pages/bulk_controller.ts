import type { HttpContext } from '@adonisjs/core/http'
import { describe } from '#core/filters'
import { actorOf, goTo, isHtmx, listSent, NotFound, trigger } from '#core/http'
import { InvalidFields, MANY, nameOf, numberTyped, type Reader } from '#core/objects'
import { onlookerOf, withWords } from '#core/screens'
import { findBulk, type FieldChange } from '../bulk_run.js'
import { preview } from '../preview.js'
import { requestBulk } from '../request_bulk.js'
import { askedIn, type Asked } from './asked.js'
import { changeAsked, changeInWords } from './change_asked.js'
import { drawBulk } from './draw_bulk.js'
import { drawRequest } from './draw_request.js'

/** One action on the rows that were chosen in a list: what it will do is shown before it is done. */
export default class BulkController {
  async create(ctx: HttpContext) {
    const asked = await askedIn(ctx, ctx.request.qs())
    if (asked.action.name === 'export') return ctx.response.redirect().toPath(exportOf(asked))
    return drawRequest(ctx, asked)
  }

  async store(ctx: HttpContext) {
    const asked = await askedIn(ctx, ctx.request.all())
    if (asked.action.name === 'export') throw new NotFound()
    try {
      const id = await request(ctx, asked)
      if (!isHtmx(ctx)) return goTo(ctx, `/bulk-runs/${id}`)
      trigger(ctx, { watch: { address: `/bulk-runs/${id}/state` } })
      return ctx.view.render('bulk::components/started', { bulk: drawBulk((await findBulk(id))!, onlookerOf(ctx)) })
    } catch (error) {
      if (!(error instanceof InvalidFields)) throw error
      ctx.response.status(422)
      return drawRequest(ctx, asked, error)
    }
  }
}

/** Ticked rows are a filter by their ids; all that match are the list itself. */
function exportOf({ object, view, selection }: Asked) {
  const { filterText, folder, search, sort } = view
  const ticked = selection.ids && JSON.stringify({ logic: 'and', of: [{ field: 'id', operator: 'in', value: selection.ids.map(String) }] })
  const words = ticked ? { filter: ticked, sort } : { filter: filterText, folder: folder?.id, search, sort }
  return withWords(`/exports/${object.path}/create`, words)
}

async function request(ctx: HttpContext, asked: Asked): Promise<number> {
  const { object, action, selection } = asked
  const { reader } = onlookerOf(ctx)
  const { count } = await preview(object, selection, reader)
  if (!count) throw InvalidFields.at('count', 'required')
  if (count >= MANY && numberTyped(listSent(ctx, 'count')[0]) !== count) throw InvalidFields.at('count', 'bulkCount', { count })

  const change = changeAsked(ctx, asked)
  const title = `${nameOf(object, 'many', reader)}. ${action.label}`
  return requestBulk(object, { action: action.name, change, selection, title, words: await inWords(asked, change, reader) }, actorOf(ctx))
}

/** "Customers. Change of Status to “Blocked”: where City is “Riga”", as the page of the run tells it. */
async function inWords(asked: Asked, change: FieldChange | undefined, reader: Reader) {
  const { object, action, selection, view } = asked
  const what = change ? await changeInWords(change, asked, reader) : action.label
  const which = selection.ids
    ? reader.t('bulk.ticked', { count: selection.ids.length })
    : [await describe(view.filter, object, reader), view.search && `“${view.search}”`].filter(Boolean).join('; ')
  return `${nameOf(object, 'many', reader)}. ${what}: ${which}`
}
