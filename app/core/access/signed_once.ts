import { createHash } from 'node:crypto'
import type { HttpContext } from '@adonisjs/core/http'
import { isSignedBy } from '#core/secrets'
import { tally } from './tally.js'

/** For longer than a signature is good. */
const REMEMBERED_SECONDS = 15 * 60

/**
 * Whether a message of another system was signed with one of these secrets, just now and for this one time: one that was overheard opens
 * nothing when it is sent again. Who sends it again themselves signs anew, under the same `webhook-id`. `to` is the door that it came to.
 */
export async function isSignedOnce(secrets: string[], { request }: HttpContext, to: string): Promise<boolean> {
  const body = request.raw() ?? ''
  if (!isSignedBy(secrets, request.headers(), body)) return false
  const signed = `${request.header('webhook-id')}.${request.header('webhook-timestamp')}.${body}`
  const { count } = await tally(`signed:${to}:${createHash('sha256').update(signed).digest('base64url')}`, REMEMBERED_SECONDS)
  return count === 1
}
