import type { HttpContext } from '@adonisjs/core/http'
import { OnlyLooking } from '#core/http'
import { type RoleName } from '#core/objects'
import { roleOf } from './roles.js'

const KEY = 'viewingAs'
const READING = ['GET', 'HEAD', 'OPTIONS']

/** As which role an administrator looks at the product, as their session says; the role may be gone by now. */
export function viewedRole({ session }: HttpContext, { role }: { role: RoleName }): RoleName | undefined {
  const code: unknown = session.get(KEY)
  return role === 'administrator' && typeof code === 'string' && roleOf(code) ? code : undefined
}

export const beginViewing = ({ session }: HttpContext, code: RoleName) => session.put(KEY, code)

export const endViewing = ({ session }: HttpContext) => session.forget(KEY)

/** Whoever only looks writes nothing, or the audit log would tell of a marketer's deed that an administrator did. */
export function refuseWrites({ request }: HttpContext) {
  if (!READING.includes(request.intended())) throw new OnlyLooking()
}
