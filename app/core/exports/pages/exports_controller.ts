import type { HttpContext } from '@adonisjs/core/http'
import { administers } from '#core/access'
import { describe } from '#core/filters'
import { actorOf, goTo, isFragment, isHtmx, listSent, NotFound, readerOf, sentencesOf, toast, trigger } from '#core/http'
import { hidden, columnOf, InvalidFields, labelOfColumn, nameOf, sortFor, type ObjectDefinition } from '#core/objects'
import { listAddress, listView, onlookerOf, sectionOf, type ListView } from '#core/screens'
import { formats, holdsPersonal, type ExportView } from '../export_view.js'
import { exportsOf } from '../find_export.js'
import { requestExport } from '../request_export.js'
import { KEPT_DAYS } from '../write_export_job.js'
import { drawExport } from './draw_export.js'

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
    const { object, view } = await asked(ctx, ctx.request.qs())
    return drawn(ctx, object, view, { format: 'csv', delimiter: readerOf(ctx).locale === 'ru' ? ';' : ',', reason: '' })
  }

  async store(ctx: HttpContext) {
    const { object, view } = await asked(ctx, ctx.request.all())
    const reader = readerOf(ctx)
    const chosen = chosenIn(ctx)
    try {
      const { filter, search, columns } = view
      const sort = sortFor(object, view.sort, reader)
      const request = { view: { filter, search, sort, columns, ...chosen }, reason: chosen.reason }
      const id = await requestExport(object, request, reader, actorOf(ctx))
      toast(ctx, reader.t('exports.started'))
      if (!isHtmx(ctx)) return goTo(ctx, '/exports')
      trigger(ctx, { 'watch': { address: `/exports/${id}/state` }, 'dialog:close': true })
      return ctx.response.status(204)
    } catch (error) {
      if (!(error instanceof InvalidFields)) throw error
      ctx.response.status(422)
      return drawn(ctx, object, view, chosen, sentencesOf(error, reader))
    }
  }
}

/** The list as its address tells it. What it cannot tell is not exported as if it were all. */
async function asked(ctx: HttpContext, words: Record<string, unknown>) {
  const object = sectionOf(ctx)
  const view = await listView(object, words, onlookerOf(ctx))
  if (view.refused) throw new NotFound()
  return { object, view }
}

interface Chosen extends Pick<ExportView, 'format' | 'delimiter'> {
  reason: string
}

function chosenIn(ctx: HttpContext): Chosen {
  const [reason = ''] = listSent(ctx, 'reason')
  return {
    format: formats.find((format) => format === ctx.request.input('format')) ?? 'csv',
    delimiter: ctx.request.input('delimiter') === ',' ? ',' : ';',
    reason: reason.replaceAll('\0', '').trim(),
  }
}

async function drawn(ctx: HttpContext, object: ObjectDefinition, view: ListView, chosen: Chosen, errors: Record<string, string> = {}) {
  const { reader } = onlookerOf(ctx)
  const [left, known] = [true, false].map((masked) => view.columns.filter((name) => hidden(columnOf(object, name), reader) === masked))
  const label = (name: string) => labelOfColumn(object, name, reader)
  return ctx.view.render(isFragment(ctx) ? 'exports::components/dialog' : 'exports::create', {
    title: reader.t('exports.title', { objects: nameOf(object, 'many', reader) }),
    object,
    chosen,
    errors,
    known: known.map(label),
    left: left.map(label),
    personal: holdsPersonal(object, known, reader),
    filter: await describe(view.filter, object, reader),
    search: view.search,
    words: Object.entries({ filter: view.filterText, folder: view.folder?.id, search: view.search, sort: view.sort }).filter(([, value]) => value),
    back: listAddress(view),
    days: KEPT_DAYS,
  })
}
