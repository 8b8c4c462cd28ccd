import type { HttpContext } from '@adonisjs/core/http'
import { actorOf, goTo, readerOf } from '#core/http'
import { trialJob } from '../trial.js'
import { draftOf } from './draft_of.js'
import { trialOf, withSoundMapping } from './mapping_form.js'

/** The third step: what would happen. */
export default class TrialsController {
  /** The part of the page that tells of it. */
  async show(ctx: HttpContext) {
    const draft = await draftOf(ctx)
    return ctx.view.render('imports::components/trial', { draft, ...(await trialOf(draft, readerOf(ctx))) })
  }

  async store(ctx: HttpContext) {
    const draft = await draftOf(ctx)
    return withSoundMapping(ctx, draft, async () => {
      const subject = { object: 'import', id: draft.id }
      await trialJob.start({ importId: draft.id }, { actor: actorOf(ctx), title: draft.name, subject })
      return goTo(ctx, `/imports/${draft.id}/mapping#trial`)
    })
  }
}
