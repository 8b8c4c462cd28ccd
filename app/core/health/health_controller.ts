import type { HttpContext } from '@adonisjs/core/http'
import { isFragment, readerOf } from '#core/http'
import { deadLetters } from '#core/jobs'
import { dateTime, show } from '#core/objects'
import { examine } from './examine.js'
import { lastErrors } from './last_errors.js'

/** Is everything well, and if not, what to do. */
export default class HealthController {
  async show(ctx: HttpContext) {
    const reader = readerOf(ctx)
    const checks = await examine(reader)
    const moment = (at: Date) => show(dateTime(), at, reader)
    const view = isFragment(ctx) ? 'health::components/findings' : 'health::page'
    return ctx.view.render(view, {
      checks,
      worst: checks[0].state,
      errors: (await lastErrors()).map((error) => ({ ...error, at: moment(error.at) })),
      dead: (await deadLetters()).map((letter) => ({ ...letter, at: moment(letter.at) })),
    })
  }
}
