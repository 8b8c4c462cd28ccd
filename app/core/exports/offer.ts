import type { HttpContext } from '@adonisjs/core/http'
import { delimiterFor } from '#core/files'
import { actorOf, goTo, isFragment, isHtmx, listSent, readerOf, sentencesOf, toast, trigger } from '#core/http'
import { columnOf, hidden, InvalidFields, labelOfColumn, nameOf, type ObjectDefinition } from '#core/objects'
import { formats, holdsPersonal, type ExportView } from './export_view.js'
import { requestExport, rowsInWords } from './request_export.js'
import { KEPT_DAYS } from './write_export_job.js'

/** Rows that a page offers as a file. */
export interface Offer {
  object: ObjectDefinition
  view: Omit<ExportView, 'format' | 'delimiter'>
  /** Where the form is posted to, and the words by which the rows are known there. */
  post: string
  words?: [string, unknown][]
  back: string
}

/** The dialog that asks for the kind of file and, where there are personal data, for the reason. */
export function offerExport(ctx: HttpContext, offer: Offer) {
  return drawn(ctx, offer, { format: 'csv', delimiter: delimiterFor(readerOf(ctx)), reason: '' })
}

/** What was chosen in that dialog; the page that asked is told when the file is ready (`resources/js/watch.js`). */
export async function startExport(ctx: HttpContext, offer: Offer) {
  const reader = readerOf(ctx)
  const { reason, ...file } = chosenIn(ctx)
  try {
    const id = await requestExport(offer.object, { view: { ...offer.view, ...file }, reason }, reader, actorOf(ctx))
    toast(ctx, reader.t('exports.started'))
    if (!isHtmx(ctx)) return goTo(ctx, '/exports')
    trigger(ctx, { 'watch': { address: `/exports/${id}/state` }, 'dialog:close': true })
    return ctx.response.status(204)
  } catch (error) {
    if (!(error instanceof InvalidFields)) throw error
    ctx.response.status(422)
    return drawn(ctx, offer, { reason, ...file }, sentencesOf(error, reader))
  }
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

async function drawn(ctx: HttpContext, { object, view, post, words = [], back }: Offer, chosen: Chosen, errors: Record<string, string> = {}) {
  const reader = readerOf(ctx)
  const [left, known] = [true, false].map((masked) => view.columns.filter((name) => hidden(columnOf(object, name), reader) === masked))
  const label = (name: string) => labelOfColumn(object, name, reader)
  return ctx.view.render(isFragment(ctx) ? 'exports::components/dialog' : 'exports::create', {
    title: reader.t('exports.title', { objects: nameOf(object, 'many', reader) }),
    post,
    words,
    back,
    chosen,
    errors,
    known: known.map(label),
    left: left.map(label),
    personal: holdsPersonal(object, known, reader),
    rows: await rowsInWords(object, view, reader),
    days: KEPT_DAYS,
  })
}
