import { createHash } from 'node:crypto'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import limiter from '@adonisjs/limiter/services/main'
import limits from '#config/api'
import { TooManyRequests } from '#core/http'

/**
 * For addresses that anybody may call. Counted in the memory of the process: a flood must not become a flood of
 * writes, and a proxy that fetches the pictures of many mails is no flood.
 */
export const limitPages = () => limitByAddress('open', 3000)

/** For what other systems call: one server may send the calls of a whole shop, and is counted by its key once that is known. */
export const limitDoors = () => limitByAddress('door', limits.atTheDoor)

function limitByAddress(kind: string, requests: number) {
  return async ({ request }: HttpContext, next: NextFn) => {
    const visits = limiter.use('memory', { requests, duration: '1 minute' })
    await visits.consume(`${kind}:${addressKey(request.ip())}`)
    return next()
  }
}

/** A home has a whole /64 of IPv6, so its addresses count as one. */
export function addressKey(address: string): string {
  const [start, end] = address.split('::')
  if (!address.includes(':') || address.includes('.')) return address.replace(/^::ffff:/i, '')
  const head = start.split(':').filter(Boolean)
  const tail = (end ?? '').split(':').filter(Boolean)
  const gap = Array(Math.max(0, 8 - head.length - tail.length)).fill('0')
  return [...head, ...gap, ...tail].slice(0, 4).join(':')
}

/** Of an address of mail, a phone, a name: hashed, since a table of limits is no list of people. */
export const accountKey = (account: string) => createHash('sha256').update(account).digest('base64url')

/** What one call spends: so many are allowed in a minute under this key. */
export interface Spent {
  key: string
  requests: number
}

/**
 * Counts a call of another system under each of its keys and says in headers how many are left where they are fewest. Throws
 * `TooManyRequests`.
 */
export async function spend(ctx: HttpContext, spent: Spent[]) {
  const counted = await Promise.all(spent.map(({ key, requests }) => limiter.use('memory', { requests, duration: '1 minute' }).increment(key)))
  const tightest = counted.reduce((one, other) => (other.remaining < one.remaining ? other : one))
  ctx.response.header('x-ratelimit-limit', tightest.limit)
  ctx.response.header('x-ratelimit-remaining', Math.max(tightest.remaining, 0))
  ctx.response.header('x-ratelimit-reset', tightest.availableIn)
  const over = counted.find(({ consumed, limit }) => consumed > limit)
  if (over) throw new TooManyRequests(over.availableIn)
}
