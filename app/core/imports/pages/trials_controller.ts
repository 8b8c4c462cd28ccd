import type { HttpContext } from '@adonisjs/core/http'
import { actorOf, goTo, readerOf } from '#core/http'
import { trialJob } from '../trial.js'
import { draftOf } from './draft_of.js'
import { faultsOfForm, keep, mappingPage, readMapping, trialOf } from './mapping_form.js'
import { timezoneIn } from './timezone_in.js'

/** The third step: what would happen. */
export default class TrialsController {
  /** The part of the page that tells of it. */
  async show(ctx: HttpContext) {
    const draft = await draftOf(ctx)
    return ctx.view.render('imports::components/trial', { draft, ...(await trialOf(draft, readerOf(ctx))) })
  }

  async store(ctx: HttpContext) {
    const draft = await draftOf(ctx)
    const mapping = readMapping(ctx, draft)
    const faults = faultsOfForm(draft, mapping)
    if (Object.keys(faults).length) {
      ctx.response.status(422)
      return mappingPage(ctx, draft, mapping, faults)
    }
    await keep(draft, { ...mapping, timezone: timezoneIn(ctx, draft.settings.timezone) })
    const subject = { object: 'import', id: draft.id }
    await trialJob.start({ importId: draft.id }, { actor: actorOf(ctx), title: draft.name, subject })
    return goTo(ctx, `/imports/${draft.id}/mapping#trial`)
  }
}
