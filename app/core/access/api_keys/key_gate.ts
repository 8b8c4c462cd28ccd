import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { Exception } from '@adonisjs/core/exceptions'
import limits from '#config/api'
import { spend } from '../limits.js'
import { keyFrom, type ApiKey } from './key_from.js'

declare module '@adonisjs/core/http' {
  interface HttpContext {
    /** On routes of the group `api`: whose key it is. */
    apiKey: ApiKey
  }
}

/** Which system is it, and does it not ask too often? Says in headers how much it has left. */
export async function askForKey(ctx: HttpContext, next: NextFn) {
  ctx.apiKey = await keyFrom(ctx.request.header('authorization'), ctx.request.ip())
  await spend(ctx, [{ key: `key:${ctx.apiKey.id}`, requests: limits.perKey }])
  return next()
}

/** The key is right, and nobody gave it this. */
export class ScopeMissing extends Exception {
  static status = 403
  static code = 'scopeMissing'
}

/** Does its key name this? */
export function askForScope(scope: string) {
  return async ({ apiKey }: HttpContext, next: NextFn) => {
    if (!apiKey.scopes.includes(scope)) throw new ScopeMissing()
    return next()
  }
}
