import router from '@adonisjs/core/services/router'
import { policyOf, type Policy } from '#core/access'
import { objects, type ObjectDefinition } from '#core/objects'

export interface RegisteredRoute {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** As registered, but with the section in place of `:object`: `/users/:id`. */
  pattern: string
  /** Undefined when it was registered past the groups of `#core/access`. */
  policy?: Policy
}

/** Every address of the product, generic ones once for each section that they serve. */
export function registeredRoutes(): RegisteredRoute[] {
  return routesAt(objects.all())
}

/** Generic routes differ in nothing but the object: a customer, a segment, events that nobody writes, the log of administrators. */
const EXAMPLES = ['user', 'segment', 'user_event', 'audit_entry']

/** Every route once, generic ones at objects of each kind. */
export function exampleRoutes(): RegisteredRoute[] {
  return routesAt(EXAMPLES.map((name) => objects.get(name)))
}

function routesAt(shown: ObjectDefinition[]): RegisteredRoute[] {
  return Object.values(router.toJSON())
    .flat()
    .flatMap((route) => {
      const methods = route.methods.filter((method) => method !== 'HEAD') as RegisteredRoute['method'][]
      return methods.flatMap((method) => expanded({ method, pattern: route.pattern, policy: policyOf(route) }, shown))
    })
    .sort((a, b) => `${a.pattern} ${a.method}`.localeCompare(`${b.pattern} ${b.method}`, 'en'))
}

function expanded(route: RegisteredRoute, shown: ObjectDefinition[]): RegisteredRoute[] {
  const { policy, pattern } = route
  if (policy?.kind !== 'staff' || policy.object !== ':object') return [route]
  return shown.map(({ name, path = name }) => ({ ...route, pattern: pattern.replace(':object', path), policy: { ...policy, object: name } }))
}

/** An address of the route behind which no row lies. */
export function addressOf({ pattern }: RegisteredRoute) {
  return pattern.replace(/:id\b/g, '987654321').replace(':way', 'up').replace(/:\w+\??/g, '1').replace('*', 'x')
}
