import { objects, type ObjectDefinition, type Right, type RoleName } from '#core/objects'

/** Whether a member of staff has a right on an object, as its declaration says. Throws `UnknownName`. */
export function may({ role }: { role: RoleName }, right: Right, objectName: string): boolean {
  const { rights } = objects.get(objectName)
  return role === 'administrator' ? listed(rights, right) : Boolean(rights[role]?.includes(right))
}

/** An administrator may do everything that is listed for anybody. */
function listed(rights: ObjectDefinition['rights'], right: Right) {
  return Object.values(rights).some((rightsOfRole) => rightsOfRole.includes(right))
}
