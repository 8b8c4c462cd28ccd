import { objects, type Right, type RoleName } from '#core/objects'
import { rightsOf } from './roles/rights_of.js'

/** Whose rights are asked for. */
export interface RightsHolder {
  role: RoleName
  /** An administrator who looks at the product as another role sees it (`askForSignIn`). */
  viewingAs?: RoleName
}

/** Whether a member of staff has a right on an object (`roles/rights_of.ts`). Throws `UnknownName`. */
export function may({ role, viewingAs }: RightsHolder, right: Right, objectName: string): boolean {
  return rightsOf(viewingAs ?? role, objects.get(objectName)).includes(right)
}
