import type { HttpContext } from '@adonisjs/core/http'
import { goTo, readerOf } from '#core/http'
import { isWay, moved } from '#core/objects'
import { arranged, keepLayout } from './layout.js'

/** Which widgets a person sees, and in which order: by buttons, so that no mouse is needed. */
export default class ArrangementsController {
  async edit(ctx: HttpContext) {
    const { t } = readerOf(ctx)
    const all = await arranged(ctx.auth.getUserOrFail())
    return ctx.view.render('home::layout', {
      title: t('home.arrange'),
      rows: all.map(({ widget: { name }, hidden }, index) => ({
        name, hidden, title: t(`widgets.${name}.title`), first: index === 0, last: index === all.length - 1,
      })),
    })
  }

  /** `move` is `up <name>` or `down <name>`; `toggle` is a name. */
  async update(ctx: HttpContext) {
    const staff = ctx.auth.getUserOrFail()
    const all = await arranged(staff)
    const { move = '', toggle = '' } = ctx.request.only(['move', 'toggle'])
    const [way, name] = String(move).split(' ')
    const names = all.map(({ widget }) => widget.name)
    const placed = isWay(way) ? moved(names, name, way) : names
    const hidden = all.filter(({ widget, hidden: was }) => (widget.name === toggle ? !was : was)).map(({ widget }) => widget.name)
    await keepLayout(staff.id, { placed, hidden })
    /** Whoever works without a mouse goes on at the same widget. */
    const touched = all.find(({ widget }) => [toggle, name].includes(widget.name))
    return goTo(ctx, `/home/layout${touched ? `#arrange-${touched.widget.name}` : ''}`)
  }
}
