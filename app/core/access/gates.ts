import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { Forbidden, goTo, NotFound, speakTo } from '#core/http'
import { objects, type Right } from '#core/objects'
import { may } from './may.js'
import { stay } from './places/place.js'
import { refreshRoles } from './roles/roles.js'
import { type Policy } from './policy.js'
import { owesSecondStep } from './two_steps/required.js'

/** Who is it? From here on pages speak the language of the person. */
export async function askForSignIn(ctx: HttpContext, next: NextFn) {
  const staff = await ctx.auth.authenticate()
  await stay(ctx, staff)
  await refreshRoles()
  ctx.knows = (object) => may(staff, 'personal', object)
  speakTo(ctx)
  ctx.view.share({ staff, may: (right: Right, object: string) => may(staff, right, object) })
  return (await owesSecondStep(ctx, staff)) ? goTo(ctx, '/profile/two-steps') : next()
}

/** May they? A section that they may not read answers like any other: the address is no secret, what is behind it is. */
export function askFor(policy: Policy) {
  return async (ctx: HttpContext, next: NextFn) => {
    if (policy.kind !== 'staff') return next()
    const object = policy.object === ':object' ? objectOfAddress(ctx) : policy.object
    if (!may(ctx.auth.getUserOrFail(), policy.right, object)) throw new Forbidden()
    return next()
  }
}

function objectOfAddress({ params }: HttpContext) {
  const object = objects.addressed(params.object)
  if (!object) throw new NotFound()
  return object.name
}
