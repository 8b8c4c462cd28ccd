import type { HttpContext } from '@adonisjs/core/http'
import { readerOf } from '#core/http'
import { stepsFor } from './first_steps.js'
import { arranged } from './layout.js'
import { lengths, periodOf, wordsOf } from './period.js'

/** The start page (F15, F112): widgets that load by themselves, over one period. */
export default class HomeController {
  async show(ctx: HttpContext) {
    const reader = readerOf(ctx)
    const staff = ctx.auth.getUserOrFail()
    const period = periodOf(ctx.request.qs(), reader.timezone)
    const words = new URLSearchParams(wordsOf(period))
    const shown = (await arranged(staff)).filter(({ hidden }) => !hidden)
    return ctx.view.render('home::page', {
      title: reader.t('home.title'),
      period,
      lengths: lengths.map((days) => ({ days, label: reader.t('home.days', { days }), href: `/?days=${days}`, current: days === period.length })),
      steps: await stepsFor(staff, reader),
      slots: shown.map(({ widget }) => ({
        name: widget.name, title: reader.t(`widgets.${widget.name}.title`), wide: widget.wide, href: `/home/widgets/${widget.name}?${words}`,
      })),
    })
  }
}
