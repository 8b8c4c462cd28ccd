import { InvalidFields, objects, type ObjectDefinition, type Right } from '#core/objects'
import { may, type RightsHolder } from '../may.js'
import { grantableRights } from '../roles/rights_of.js'

/** `user:read`: a right on an object. Methods of the interface will be named `method:<name>`. */
export const scopeOf = (object: string, right: Right) => `${object}:${right}`

/**
 * What a key may be given at all: never what is kept for administrators, since a key that lets people in or makes other keys would
 * outlive its own end. Revealing is a look of a person at one row; a key that needs personal data has the right to them.
 */
export const scopeRightsOf = (object: ObjectDefinition): readonly Right[] => grantableRights(object).filter((right) => right !== 'reveal')

/** Ticked boxes as scopes; nobody hands on more than they may do themselves. Throws `InvalidFields`. */
export function readScopes(sent: unknown, staff: RightsHolder, kept: string[] = []): string[] {
  const wanted = [sent ?? []].flat().filter((one) => typeof one === 'string')
  if (!wanted.every((scope) => kept.includes(scope) || mayHandOn(scope, staff))) throw InvalidFields.at('scopes', 'scope')
  return [...new Set(wanted)].sort()
}

function mayHandOn(scope: string, staff: RightsHolder) {
  const [name, right] = scope.split(':') as [string, Right]
  return objects.has(name) && scopeRightsOf(objects.get(name)).includes(right) && may(staff, right, name)
}
