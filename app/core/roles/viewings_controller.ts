import type { HttpContext } from '@adonisjs/core/http'
import { recordChange } from '#core/audit'
import { allRoles, beginViewing, endViewing, roleOf } from '#core/access'
import { actorOf, Forbidden, goTo, idParam, NotFound } from '#core/http'

/** Looking at the product as a role sees it: menu, pages and refusals, without a change to anybody's account. */
export default class ViewingsController {
  async store(ctx: HttpContext) {
    const id = idParam(ctx, 'id')
    const role = allRoles().find((one) => one.id === id)
    if (!role) throw new NotFound()
    if (role.code === 'administrator' || ctx.auth.getUserOrFail().role !== 'administrator') throw new Forbidden()
    beginViewing(ctx, role.code)
    await recordChange({ actor: actorOf(ctx), action: 'role.viewAs', object: 'role', id })
    return goTo(ctx, '/')
  }

  async destroy(ctx: HttpContext) {
    const { viewingAs } = ctx.auth.getUserOrFail()
    endViewing(ctx)
    const role = viewingAs && roleOf(viewingAs)
    if (!role) return goTo(ctx, '/')
    await recordChange({ actor: actorOf(ctx), action: 'role.viewEnd', object: 'role', id: role.id })
    return goTo(ctx, `/roles/${role.id}`)
  }
}
