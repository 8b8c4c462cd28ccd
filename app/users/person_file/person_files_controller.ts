import type { HttpContext } from '@adonisjs/core/http'
import { recordChange } from '#core/audit'
import { row, sql } from '#core/database'
import { download } from '#core/files'
import { actorOf, Forbidden, NotFound } from '#core/http'
import { mayCarryOut } from '../erasure/may_carry_out.js'

/** The file of a person; each time it is taken is told in the audit log. */
export default class PersonFilesController {
  async show(ctx: HttpContext) {
    if (!mayCarryOut(ctx.auth.getUserOrFail())) throw new Forbidden()
    const request = await row<{ userId: number; fileId: number | null }>(
      sql`select user_id as "userId", file_id as "fileId" from privacy_requests where id = ${ctx.params.id} and kind = 'export' and state = 'done'`
    )
    if (!request?.fileId) throw new NotFound()
    await recordChange({ actor: actorOf(ctx), action: 'export.download', object: 'user', id: request.userId, after: { request: ctx.params.id } })
    return download(ctx, request.fileId)
  }
}
