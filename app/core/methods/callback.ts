import type { HttpContext } from '@adonisjs/core/http'
import { isSignedOnce } from '#core/access'
import { hashOfSecret, isSecretAmong } from '#core/secrets'
import { type Source } from './doors.js'
import { CallbackNotProved } from './refusals.js'

/**
 * A callback is called by a system that was given its address with a secret of that one address: it signs what it says (Standard Webhooks), or,
 * where it can do nothing but call an address, brings the secret in it. Throws `CallbackNotProved`.
 */
export async function proveCallback(method: string, source: Source, ctx: HttpContext) {
  const secrets = source.secretsOf(method)
  const isSigned = ctx.request.header('webhook-signature') !== undefined
  const proved = isSigned ? await isSignedOnce(secrets, ctx, `${source.id}:${method}`) : isAmong(secrets, ctx.request.qs().secret)
  if (!proved) throw new CallbackNotProved()
}

const isAmong = (secrets: string[], said: unknown) => typeof said === 'string' && isSecretAmong(secrets.map(hashOfSecret), said)
