import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { Exception } from '@adonisjs/core/exceptions'
import { spend } from '../limits.js'
import { keyFrom, type ApiKey } from './key_from.js'

declare module '@adonisjs/core/http' {
  interface HttpContext {
    /** On routes of the group `api`: whose key it is. */
    apiKey: ApiKey
  }
}

/** A key may ask so often in a minute. Counted in the memory of the process, as for open addresses (`limits.ts`). */
export const KEY_LIMIT = { requests: 600, duration: '1 minute' } as const

/** Which system is it, and does it not ask too often? Says in headers how much it has left. */
export async function askForKey(ctx: HttpContext, next: NextFn) {
  ctx.apiKey = await keyFrom(ctx.request.header('authorization'), ctx.request.ip())
  await spend(ctx, [{ key: `key:${ctx.apiKey.id}`, requests: KEY_LIMIT.requests }])
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
