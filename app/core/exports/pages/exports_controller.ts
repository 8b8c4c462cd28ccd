import type { HttpContext } from '@adonisjs/core/http'
import { administers } from '#core/access'
import { isFragment, NotFound } from '#core/http'
import { sortFor } from '#core/objects'
import { listAddress, listView, onlookerOf, sectionOf } from '#core/screens'
import { exportsOf } from '../find_export.js'
import { KEPT_DAYS } from '../write_export_job.js'
import { drawExport } from './draw_export.js'
import { offerExport, startExport, type Offer } from '../offer.js'

/** A list as a file: asked for in a dialog beside it; and the files that one has asked for. */
export default class ExportsController {
  async index(ctx: HttpContext) {
    const { staff, reader } = onlookerOf(ctx)
    const all = administers(staff)
    const found = (await exportsOf(all ? null : staff.id)).map((one) => drawExport(one, reader))
    const going = found.some(({ finished }) => !finished)
    return ctx.view.render(isFragment(ctx) ? 'exports::components/list' : 'exports::index', { exports: found, going, all, days: KEPT_DAYS })
  }

  async create(ctx: HttpContext) {
    return offerExport(ctx, await offerIn(ctx, ctx.request.qs()))
  }

  async store(ctx: HttpContext) {
    return startExport(ctx, await offerIn(ctx, ctx.request.all()))
  }
}

/** The list as its address tells it. What it cannot tell is not exported as if it were all. */
async function offerIn(ctx: HttpContext, words: Record<string, unknown>): Promise<Offer> {
  const object = sectionOf(ctx)
  const onlooker = onlookerOf(ctx)
  const view = await listView(object, words, onlooker)
  if (view.refused) throw new NotFound()
  const { filter, filterText, folder, search, columns } = view
  const said = { filter: filterText, folder: folder?.id, search, sort: view.sort }
  return {
    object,
    view: { filter, search, columns, sort: sortFor(object, view.sort, onlooker.reader) },
    post: `/exports/${object.path}`,
    words: Object.entries(said).filter(([, value]) => value),
    back: listAddress(view),
  }
}
