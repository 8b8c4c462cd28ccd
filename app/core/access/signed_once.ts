import { createHash } from 'node:crypto'
import type { HttpContext } from '@adonisjs/core/http'
import { isSignedBy } from '#core/secrets'
import { forget, tally } from './tally.js'

/** For longer than a signature is good. */
const REMEMBERED_SECONDS = 15 * 60

/**
 * Whether a message of another system was signed with one of these secrets, just now and for this one time: one that was overheard opens
 * nothing when it is sent again. What was refused or failed has had no effect, so the same may come once more. Who was answered and sends it
 * again signs anew, under the same `webhook-id`. `to` is the door that it came to.
 */
export async function isSignedOnce(secrets: string[], { request, response }: HttpContext, to: string): Promise<boolean> {
  const body = request.raw() ?? ''
  if (!isSignedBy(secrets, request.headers(), body)) return false
  const signed = `${request.header('webhook-id')}.${request.header('webhook-timestamp')}.${body}`
  const key = `signed:${to}:${createHash('sha256').update(signed).digest('base64url')}`
  const { count } = await tally(key, REMEMBERED_SECONDS)
  if (count > 1) return false
  response.onFinish(() => {
    if (response.getStatus() >= 400) forget(key).catch(() => undefined)
  })
  return true
}
