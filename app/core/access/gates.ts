import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { Forbidden, goTo, NotFound, speakTo } from '#core/http'
import { objects, type Right } from '#core/objects'
import { may } from './may.js'
import { stay } from './places/place.js'
import { refreshRoles } from './roles/roles.js'
import { refuseWrites, viewedRole } from './roles/viewing.js'
import { type Policy } from './policy.js'
import { owesSecondStep } from './two_steps/required.js'

/** Who is it? From here on pages speak the language of the person. */
export async function askForSignIn(ctx: HttpContext, next: NextFn) {
  const staff = await ctx.auth.authenticate()
  await stay(ctx, staff)
  await refreshRoles()
  staff.viewingAs = viewedRole(ctx, staff)
  ctx.knows = (object) => may(staff, 'personal', object)
  ctx.reads = (object) => may(staff, 'read', object)
  speakTo(ctx)
  ctx.view.share({ staff, may: (right: Right, object: string) => may(staff, right, object) })
  return (await owesSecondStep(ctx, staff)) ? goTo(ctx, '/profile/two-steps') : next()
}

/** May they? A section that they may not read answers like any other: the address is no secret, what is behind it is. */
export function askFor(policy: Extract<Policy, { kind: 'staff' | 'signedIn' }>) {
  return async (ctx: HttpContext, next: NextFn) => {
    const staff = ctx.auth.getUserOrFail()
    if (policy.kind === 'staff' && !may(staff, policy.right, objectOf(policy, ctx))) throw new Forbidden()
    if (staff.viewingAs && !policy.asks) refuseWrites(ctx)
    return next()
  }
}

function objectOf({ object: name }: { object: string }, { params }: HttpContext) {
  if (name !== ':object') return name
  const object = objects.addressed(params.object)
  if (!object) throw new NotFound()
  return object.name
}
