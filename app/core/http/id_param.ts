import type { HttpContext } from '@adonisjs/core/http'
import { NotFound } from './errors/refusals.js'

/** Fifteen digits stay below 2^53; what is no id is no row either. */
const ID = /^[1-9]\d{0,14}$/

/** How every route parameter named `id` is matched: anything else is an unknown page. */
export const idMatcher = { match: ID, cast: Number }

/** Another parameter that holds an id: `/segments/:id/versions/:version`. Throws `NotFound`. */
export function idParam({ params }: HttpContext, name: string): number {
  if (!ID.test(params[name])) throw new NotFound()
  return Number(params[name])
}
