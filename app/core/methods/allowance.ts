import type { HttpContext } from '@adonisjs/core/http'
import limits from '#config/api'
import { addressKey, spend, type Spent } from '#core/access'
import { type Call } from './method.js'

/** How often a source, an address and a customer may call in a minute. Throws `TooManyRequests`. */
export async function allow({ source, byServer, userId, address }: Omit<Call, 'input' | 'files'>, ctx: HttpContext) {
  const spent: Spent[] = [{ key: `source:${source.id}`, requests: limits.perSource }]
  if (!byServer) spent.push({ key: `caller:${source.id}:${addressKey(address)}`, requests: limits.perAddress })
  if (userId !== null) spent.push({ key: `customer:${userId}`, requests: limits.perCustomer })
  await spend(ctx, spent)
}
