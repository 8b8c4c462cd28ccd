import type { HttpContext } from '@adonisjs/core/http'
import { actorOf, goTo, readerOf, toast } from '#core/http'
import { DomainError } from '#core/objects'
import { rowNamed } from '../row_named.js'
import { turnOff } from './second_step.js'

/** One's own second step is turned off with password and code, not with a right. */
class OwnSecondStep extends DomainError {
  readonly code = 'ownSecondStep'
}

/** Somebody lost their phone and the recovery codes: an administrator turns their second step off. */
export default class StaffTwoStepsController {
  async destroy(ctx: HttpContext) {
    const id = await rowNamed(ctx, 'staff')
    if (id === ctx.auth.getUserOrFail().id) throw new OwnSecondStep()
    await turnOff(id, actorOf(ctx))
    toast(ctx, readerOf(ctx).t('access.twoSteps.reset'))
    return goTo(ctx, `/staff/${id}`)
  }
}
