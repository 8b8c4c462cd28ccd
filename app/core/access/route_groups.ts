import router from '@adonisjs/core/services/router'
import { middleware } from '#core/http'
import { type Right } from '#core/objects'
import { askForKey, askForScope } from './api_keys/key_gate.js'
import { askFor, askForSignIn } from './gates.js'
import { limitDoors, limitPages } from './limits.js'
import { enforcing, type Policy } from './policy.js'

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'
type Route = ReturnType<typeof router.get>
type Handler = Parameters<typeof router.get>[1]
type Declare = (path: string, handler: Handler) => Route
type Verbs = Record<Method, Declare>
type Stack = Parameters<Route['use']>[0][]

/** How a section declares its pages: behind sign-in and a right, unless it says `open` (DESIGN, last rule). */
export interface RouteGroups {
  /** Members of staff who have the right on the object. An object named by a route parameter is written `:object`. */
  staff: (right: Right | 'signedIn', object?: string) => Verbs & {
    /** A POST that changes nothing: a question too long for an address, and the ways out. Who only looks (`viewing.ts`) may send it. */
    ask: Declare
  }
  /** Anybody: no session, no CSRF; the route brings its own proof (a signed token) and is rate-limited. */
  open: Verbs
  /** Other systems, by an API key that has this scope: `user:read`; any key when none is named. Refusals are RFC 9457 problems; a route that takes a body reads it itself (`bodyOf` of core/methods). */
  api: (scope?: string) => Verbs
  /** Methods of the public interface (`core/methods`), which read their body themselves, and what a browser asks before it calls one. */
  method: (caller: string) => Pick<Verbs, 'post'> & { options: Declare }
}

export const routeGroups: RouteGroups = {
  staff(right, object) {
    if (right === 'signedIn') return page({ kind: 'signedIn' })
    if (!object) throw new Error(`The right "${right}" needs an object`)
    return page({ kind: 'staff', right, object })
  },
  open: verbs(() => [enforcing({ kind: 'open' }, limitPages()), middleware().smallBody()]),
  api: (scope) =>
    verbs(() => [
      enforcing({ kind: 'api', scope: scope ?? null }, limitDoors()),
      middleware().noStore(),
      askForKey,
      ...(scope ? [askForScope(scope)] : []),
    ]),
  method(caller) {
    const stack = () => [enforcing({ kind: 'method', caller }, limitDoors()), middleware().noStore()]
    return { post: verbs(stack).post, options: (path, handler) => stacked(router.route(path, ['OPTIONS'], handler), stack()) }
  },
}

/** The sign-in form: it has a session, for its token, but nobody yet. */
export const guest: Verbs = verbs(() => [
  enforcing({ kind: 'guest' }, limitPages()),
  middleware().noStore(),
  middleware().session(),
  middleware().auth(),
  middleware().sameOrigin(),
  middleware().smallBody(),
  middleware().csrf(),
])

function page(policy: StaffPolicy) {
  return { ...verbs(() => stackOf(policy)), ask: verbs(() => stackOf({ ...policy, asks: true })).post }
}

type StaffPolicy = Extract<Policy, { kind: 'staff' | 'signedIn' }>

/** Nothing of a body is read before it is known who sends it, and no right is looked up before the token is right. */
function stackOf(policy: StaffPolicy): Stack {
  return [
    middleware().noStore(),
    middleware().session(),
    middleware().auth(),
    askForSignIn,
    middleware().sameOrigin(),
    middleware().body(),
    middleware().csrf(),
    enforcing(policy, askFor(policy)),
  ]
}

function verbs(stack: () => Stack): Verbs {
  const on = (method: Method) => (path: string, handler: Handler) =>
    stacked(router[method](path, handler), stack())
  return { get: on('get'), post: on('post'), put: on('put'), patch: on('patch'), delete: on('delete') }
}

const stacked = (route: Route, stack: Stack) => stack.reduce<Route>((under, one) => under.use(one), route)
