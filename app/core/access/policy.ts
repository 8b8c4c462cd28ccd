import { type Right } from '#core/objects'

/**
 * Who may call a route; one that only `asks` changes nothing, whatever its method. Each route that is registered carries one, so that a test can list them all.
 */
export type Policy =
  /** Members of staff who have the right on the object; `:object` is named by the address. */
  | { kind: 'staff'; right: Right; object: string; asks?: boolean }
  | { kind: 'signedIn'; asks?: boolean }
  /** Before sign-in, with a session: the sign-in form itself. */
  | { kind: 'guest' }
  /** Anybody, without a session. */
  | { kind: 'open' }
  /** Other systems, by a key whose scopes name this; any key when it is null. */
  | { kind: 'api'; scope: string | null }
  /** Shops and apps, through a source: `caller` says who of them. The method itself looks at the key and the session. */
  | { kind: 'method'; caller: string }

const mark = Symbol('policy')

/** The policies of all routes, for boot to look at. */
export const policies: Policy[] = []

/** A middleware that carries the policy it enforces. */
export function enforcing<Enforcer extends object>(policy: Policy, enforcer: Enforcer): Enforcer {
  policies.push(policy)
  return Object.assign(enforcer, { [mark]: policy })
}

/** The policy of a route of `router.toJSON()`, or undefined when it was registered past the groups. */
export function policyOf(route: { middleware: { all(): Set<unknown> } }): Policy | undefined {
  for (const one of route.middleware.all()) {
    const policy = (one as { [mark]?: Policy })[mark]
    if (policy) return policy
  }
  return undefined
}
