import { Readable } from 'node:stream'
import type { HttpContext } from '@adonisjs/core/http'
import { contentDisposition } from '#core/files'
import { readerOf } from '#core/http'
import { skippedCsv } from '../skipped_csv.js'
import { ownBulk } from './own_bulk.js'

/** Which rows were skipped, and why, as a file. */
export default class SkippedRowsController {
  async show(ctx: HttpContext) {
    const bulk = await ownBulk(ctx)
    const reader = readerOf(ctx)
    ctx.response.header('content-type', 'text/csv; charset=utf-8')
    ctx.response.header('content-disposition', contentDisposition(`${reader.t('bulk.skippedFile')} ${bulk.id}.csv`))
    return ctx.response.stream(Readable.from(skippedCsv(bulk, reader), { objectMode: false }))
  }
}
