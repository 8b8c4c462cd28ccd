import type { HttpContext } from '@adonisjs/core/http'
import { transaction } from '#core/database'
import { recordChange } from '#core/audit'
import { actorOf, goTo, readerOf, sentencesOf, toast } from '#core/http'
import { InvalidFields } from '#core/objects'
import { renewSession } from '../open_session.js'
import { askPassword } from '../own_password.js'
import { sentText } from '../sent_text.js'
import { countAttempt, forgiveAttempts } from '../sign_in_attempts.js'
import { type Staff } from '../staff.js'
import { codesLeft, renewCodes } from './recovery_codes.js'
import { twoStepsRequired } from './required.js'
import { hasSecondStep, provesCode, turnOff, turnOn } from './second_step.js'
import { forgetOffer, offeredSecret, pictureOf } from './offer.js'
import { inGroups } from './totp.js'

/** The second step of one's own sign-in: set up, new recovery codes, turned off. */
export default class TwoStepsController {
  async show(ctx: HttpContext) {
    return page(ctx)
  }

  async store(ctx: HttpContext) {
    const staff = ctx.auth.getUserOrFail()
    return answered(ctx, async () => {
      const codes = await turnOn(staff.id, offeredSecret(ctx, staff), sentText(ctx.request.input('code')), actorOf(ctx))
      forgetOffer(ctx)
      await staff.refresh()
      await renewSession(ctx, staff)
      return ctx.view.render('access::recovery_codes', { codes })
    })
  }

  async renew(ctx: HttpContext) {
    const staff = ctx.auth.getUserOrFail()
    return answered(ctx, async () => {
      await askCode(ctx, staff, 'renewCode')
      const codes = await transaction(async (trx) => {
        await recordChange({ actor: actorOf(ctx), action: 'recoveryCodes', object: 'staff', id: staff.id }, trx)
        return renewCodes(staff.id, trx)
      })
      return ctx.view.render('access::recovery_codes', { codes })
    })
  }

  async destroy(ctx: HttpContext) {
    const staff = ctx.auth.getUserOrFail()
    return answered(ctx, async () => {
      await askPassword(staff, sentText(ctx.request.input('current')), actorOf(ctx))
      await askCode(ctx, staff, 'code')
      await turnOff(staff.id, actorOf(ctx))
      await staff.refresh()
      await renewSession(ctx, staff)
      toast(ctx, readerOf(ctx).t('access.twoSteps.turnedOff'))
      return goTo(ctx, '/profile/two-steps')
    })
  }
}

/** Throws `InvalidFields` at the field, `TooManyRequests`. */
async function askCode(ctx: HttpContext, staff: Staff, field: string) {
  const attempt = { account: `code of ${staff.id}`, address: ctx.request.ip(), known: true }
  await countAttempt(attempt)
  if (!(await provesCode(staff.id, sentText(ctx.request.input(field))))) throw InvalidFields.at(field, 'wrongCode')
  await forgiveAttempts(attempt)
}

async function answered(ctx: HttpContext, work: () => Promise<unknown>) {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof InvalidFields)) throw error
    ctx.response.status(422)
    return page(ctx, sentencesOf(error, readerOf(ctx)))
  }
}

async function page(ctx: HttpContext, errors: Record<string, string> = {}) {
  const staff = ctx.auth.getUserOrFail()
  const required = twoStepsRequired(staff)
  const { email } = staff
  if (await hasSecondStep(staff.id)) {
    return ctx.view.render('access::two_steps_on', { errors, required, email, left: await codesLeft(staff.id) })
  }
  const secret = offeredSecret(ctx, staff)
  const offer = { picture: await pictureOf(secret, email), secret: inGroups(secret) }
  return ctx.view.render('access::two_steps_off', { errors, required, ...offer })
}
