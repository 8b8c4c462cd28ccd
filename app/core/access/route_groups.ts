import router from '@adonisjs/core/services/router'
import { type Right } from '#core/objects'
import { middleware } from '#start/kernel'

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'
type Handler = Parameters<typeof router.get>[1]
type Verbs = Record<Method, (path: string, handler: Handler) => ReturnType<typeof router.get>>

/** How a section declares its pages: behind sign-in and a right, unless it says `open` (DESIGN, last rule). */
export interface RouteGroups {
  /** Members of staff who have the right on the object. An object named by a route parameter is written `:object`. */
  staff: (right: Right | 'signedIn', object?: string) => Verbs
  /** Anybody: no session, no CSRF; the route brings its own proof (a signed token) and is rate-limited. */
  open: Verbs
}
