import type { HttpContext } from '@adonisjs/core/http'
import { removeFile } from '#core/files'
import { goTo, readerOf } from '#core/http'
import { faultOfFile, look, upload } from '#core/imports'
import { MOST_FIELDS } from '../draft/draft.js'

/** A CSV file becomes a table: first the file, then what its columns mean. */
export default class TableFilesController {
  async store(ctx: HttpContext) {
    const fileId = await upload(ctx)
    const reader = readerOf(ctx)
    const fault = await faultOfFile(fileId)
    const width = fault || !fileId ? 0 : (await look(fileId)).columns.length
    const problem = fault
      ? reader.t(`import.new.${fault}`)
      : width > MOST_FIELDS && reader.t('custom_table.tooWide', { columns: width, most: MOST_FIELDS })
    if (!problem) return goTo(ctx, `/tables/new?file=${fileId}`)

    if (fileId) await removeFile(fileId)
    ctx.response.status(422)
    return ctx.view.render('tables::create', { errors: { file: problem } })
  }
}
