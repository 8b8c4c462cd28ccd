import type { HttpContext } from '@adonisjs/core/http'
import { type RouteGroups } from '#core/access'
import { plannedOnce } from '#core/database'
import { answer } from './answer.js'
import { bodyOf } from './body.js'
import { answerPreflight } from './cors.js'
import { type Method } from './method.js'

export const routeOf = (name: string) => pathOf(name, ':source')

/** The address of a method of one source. */
export const pathOf = (name: string, source: string) => `/api/v1/${source}/${name}`

/** The address of a method, and of the question that a browser asks first. */
export function openRoute(method: Method, groups: RouteGroups) {
  const route = groups.method(method.caller)
  route.post(routeOf(method.name), (ctx: HttpContext) => plannedOnce(() => answer(method, ctx))).use(bodyOf(method))
  route.options(routeOf(method.name), answerPreflight)
}
