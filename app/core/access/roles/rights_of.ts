import { builtInRoles, rights, type ObjectDefinition, type Right, type RoleName } from '#core/objects'
import { roleOf, tickedRights } from './roles.js'

/** What anybody at all may do with rows of an object, in the order of the matrix: the common rights, then its own. */
export function offeredRights(object: ObjectDefinition): readonly Right[] {
  const before = offered.get(object)
  if (before?.of === object.rights) return before.found
  const listed = new Set<Right>([...Object.values(object.rights).flat(), ...(object.actions ?? [])])
  const found = [...rights, ...(object.actions ?? [])].filter((right) => listed.has(right))
  offered.set(object, { of: object.rights, found })
  return found
}

/** An object that is declared anew, such as a custom table, is another key; a personal field that an administrator adds brings other rights. */
const offered = new WeakMap<ObjectDefinition, { of: ObjectDefinition['rights']; found: readonly Right[] }>()

/** What a role other than the administrator's may be given. */
export function grantableRights(object: ObjectDefinition): readonly Right[] {
  return offeredRights(object).filter((right) => !object.reserved?.includes(right))
}

/**
 * What a role may do with rows of an object. An administrator may do all that is offered, so that nobody can lock themselves out; the
 * others what was ticked, and of what never was, a built-in role what the object declares. A role that is no more may nothing.
 */
export function rightsOf(role: RoleName, object: ObjectDefinition): readonly Right[] {
  if (role === 'administrator') return offeredRights(object)
  if (!roleOf(role)) return []
  return (tickedRights(role, object.name) ?? declaredRights(role, object)).filter((right) => grantableRights(object).includes(right))
}

export function declaredRights(role: RoleName, object: ObjectDefinition): readonly Right[] {
  const builtIn = builtInRoles.find((code) => code === role)
  return (builtIn && object.rights[builtIn]) ?? []
}
