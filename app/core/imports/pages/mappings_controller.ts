import type { HttpContext } from '@adonisjs/core/http'
import { goTo, readerOf, toast } from '#core/http'
import { draftOf } from './draft_of.js'
import { keep, mappingPage, readMapping } from './mapping_form.js'

/** The second step: which column fills which field. */
export default class MappingsController {
  async show(ctx: HttpContext) {
    return mappingPage(ctx, await draftOf(ctx))
  }

  /** Kept as it is, to be gone on with later. */
  async update(ctx: HttpContext) {
    const draft = await draftOf(ctx)
    await keep(draft, readMapping(ctx, draft))
    toast(ctx, readerOf(ctx).t('core.saved'))
    return goTo(ctx, `/imports/${draft.id}/mapping`)
  }
}
