import type { HttpContext } from '@adonisjs/core/http'
import { execute, sql, transaction } from '#core/database'
import { actorOf, goTo, readerOf, toast } from '#core/http'
import { applyJob } from '../apply_job.js'
import { draftOf, NotDraft } from './draft_of.js'
import { withSoundMapping } from './mapping_form.js'

/** The last step: from here on a job goes on by itself. */
export default class StartsController {
  async store(ctx: HttpContext) {
    const draft = await draftOf(ctx)
    return withSoundMapping(ctx, draft, async () => {
      await start(ctx, draft.id, draft.name)
      toast(ctx, readerOf(ctx).t('import.started'))
      return goTo(ctx, `/imports/${draft.id}`)
    })
  }
}

/** Pressed twice, it starts once. */
async function start(ctx: HttpContext, importId: number, title: string) {
  await transaction(async (trx) => {
    const begun = await execute(
      sql`update imports set state = 'running', started_at = now(), updated_at = now() where id = ${importId} and state = 'draft'`,
      trx
    )
    if (!begun) throw new NotDraft()
    const subject = { object: 'import', id: importId }
    await applyJob.start({ importId }, { actor: actorOf(ctx), title, subject, trx })
  })
}
