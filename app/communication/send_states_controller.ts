import type { HttpContext } from '@adonisjs/core/http'
import { actorOf, goTo, idParam, isHtmx, NotFound, readerOf } from '#core/http'
import { DomainError } from '#core/objects'
import { progress } from './progress_panel.js'
import { cancel, pause, resume } from './sending/control.js'

const verbs = { pause, resume, cancel }

export default class SendStatesController {
  /** Pause, resume or cancel; the answer shows where the send stands now, also when somebody else was quicker. */
  async update(ctx: HttpContext) {
    const id = idParam(ctx, 'id')
    const name = ctx.request.input('verb')
    if (!Object.hasOwn(verbs, name)) throw new NotFound()
    try {
      await verbs[name as keyof typeof verbs](id, actorOf(ctx))
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
    }
    if (!isHtmx(ctx)) return goTo(ctx, `/sends/${id}`)
    return ctx.view.render('communication::components/progress', await progress(id, readerOf(ctx)))
  }
}
