import type { HttpContext } from '@adonisjs/core/http'
import env from '#start/env'
import { roleOf } from '../roles/roles.js'
import { type Staff } from '../staff.js'
import { hasSecondStep } from './second_step.js'

/** Codes of roles that the operator of the machine asks for it, whatever administrators tick. */
const rolesInTwoSteps = () => (env.get('TWO_STEPS_FOR') ?? '').split(',').map((code) => code.trim())

export const twoStepsRequired = ({ role }: Pick<Staff, 'role'>) => roleOf(role)?.twoSteps || rolesInTwoSteps().includes(role)

/** What one may do before the second step is set up: set it up, read in another language, leave. */
const MEANWHILE = ['/profile/two-steps', '/preferences', '/sign-out']

/** Whether a person must first set up the second step before they see what they asked for. */
export async function owesSecondStep({ request }: HttpContext, staff: Staff): Promise<boolean> {
  if (!twoStepsRequired(staff) || MEANWHILE.includes(request.url())) return false
  return !(await hasSecondStep(staff.id))
}
