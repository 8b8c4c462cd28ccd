import type { HttpContext } from '@adonisjs/core/http'
import { type Staff } from './staff.js'

const COOKIE = 'tessera_browser'

/**
 * A browser that has signed in as a person is remembered by a cookie (OWASP, "device cookies"): guesses made elsewhere then
 * slow down strangers and not the owner. It opens nothing, and dies with the password.
 */
export function rememberBrowser({ response }: HttpContext, staff: Staff) {
  response.encryptedCookie(COOKIE, proofOf(staff), { maxAge: '180 days', path: '/login' })
}

export function knowsBrowser({ request }: HttpContext, staff: Staff | null): boolean {
  return staff !== null && request.encryptedCookie(COOKIE) === proofOf(staff)
}

function proofOf({ id, credentialsChangedAt }: Staff) {
  return `${id}.${credentialsChangedAt.toMillis()}`
}
