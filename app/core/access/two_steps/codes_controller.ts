import type { HttpContext } from '@adonisjs/core/http'
import { actorOf, goTo, ownPath, readerOf, toast, TooManyRequests } from '#core/http'
import { recordChange } from '#core/audit'
import { knowsBrowser } from '../known_browser.js'
import { openSession } from '../open_session.js'
import { sentText } from '../sent_text.js'
import { countAttempt, forgiveAttempts } from '../sign_in_attempts.js'
import { type Staff } from '../staff.js'
import { codesLeft } from './recovery_codes.js'
import { provesSecondStep } from './second_step.js'
import { mayTry, stopWaiting, waitingFor } from './waiting_step.js'

/** The second step of signing in. Guesses are counted like those of passwords, per person, browser and address. */
export default class CodesController {
  async create(ctx: HttpContext) {
    if (!(await waitingFor(ctx))) return anew(ctx)
    return form(ctx)
  }

  async store(ctx: HttpContext) {
    const staff = await waitingFor(ctx)
    if (!staff) return anew(ctx)
    const attempt = { account: `code of ${staff.id}`, address: ctx.request.ip(), known: knowsBrowser(ctx, staff) }
    try {
      await countAttempt(attempt)
    } catch (error) {
      if (!(error instanceof TooManyRequests)) throw error
      ctx.response.status(429).header('retry-after', error.seconds)
      return form(ctx, readerOf(ctx).t('access.tooMany', { seconds: error.seconds }))
    }
    if (!(await mayTry(ctx))) return anew(ctx)

    const proof = await provesSecondStep(staff.id, sentText(ctx.request.input('code')).slice(0, 100))
    if (!proof) {
      ctx.logger.warn({ ip: attempt.address, known: attempt.known }, 'second step refused')
      ctx.response.status(422)
      return form(ctx, readerOf(ctx).t('validator.wrongCode'))
    }
    await forgiveAttempts(attempt)
    await openSession(ctx, staff)
    if (proof === 'recovery') await tellOfCodes(ctx, staff)
    return goTo(ctx, targetOf(ctx))
  }
}

const targetOf = ({ request }: HttpContext) => ownPath(request.input('return')) ?? '/'

function form(ctx: HttpContext, problem: string | null = null) {
  return ctx.view.render('access::code', { problem, target: targetOf(ctx) })
}

/** Back to the password. */
function anew(ctx: HttpContext) {
  stopWaiting(ctx)
  toast(ctx, readerOf(ctx).t('access.twoSteps.anew'), 'error')
  return goTo(ctx, `/login?${new URLSearchParams({ return: targetOf(ctx) })}`)
}

async function tellOfCodes(ctx: HttpContext, staff: Staff) {
  await recordChange({ actor: { ...actorOf(ctx), staffId: staff.id }, action: 'recoveryCodeUsed', object: 'staff', id: staff.id })
  toast(ctx, readerOf(ctx).t('access.twoSteps.codesLeft', { count: await codesLeft(staff.id) }))
}
