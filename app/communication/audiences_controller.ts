import type { HttpContext } from '@adonisjs/core/http'
import { idParam, readerOf } from '#core/http'
import { InvalidFields, MANY } from '#core/objects'
import { communicationOf } from './communication.js'
import { typedLaunch } from './launch_typed.js'
import { exclusions } from './progress_panel.js'
import { preview } from './sending/launch.js'

export default class AudiencesController {
  /** How many would get it, and why others would not: asked with every change of the choice. */
  async show(ctx: HttpContext) {
    const reader = readerOf(ctx)
    const communication = await communicationOf(idParam(ctx, 'id'))
    try {
      const judgement = await preview(communication, typedLaunch(ctx.request.all()))
      return ctx.view.render('communication::components/audience', {
        recipients: reader.t('send.recipientsCount', { count: judgement.recipients }),
        excluded: exclusions(judgement.excluded, reader),
        large: judgement.recipients >= MANY,
        count: judgement.recipients,
      })
    } catch (error) {
      if (!(error instanceof InvalidFields)) throw error
      return ctx.view.render('communication::components/audience', { recipients: null, excluded: [], large: false })
    }
  }
}
