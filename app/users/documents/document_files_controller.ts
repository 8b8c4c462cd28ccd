import type { HttpContext } from '@adonisjs/core/http'
import { rowNamed } from '#core/access'
import { recordChange } from '#core/audit'
import { row, sql } from '#core/database'
import { download } from '#core/files'
import { actorOf } from '#core/http'

/** What a customer sent, as something to save: nothing of it runs here. */
export default class DocumentFilesController {
  async show(ctx: HttpContext) {
    const id = await rowNamed(ctx, 'document')
    const document = await row<{ fileId: number }>(sql`select file_id as "fileId" from user_documents where id = ${id}`)
    await recordChange({ actor: actorOf(ctx), action: 'export', object: 'document', id })
    return download(ctx, document!.fileId)
  }
}
