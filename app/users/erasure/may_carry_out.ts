import { may, type Staff } from '#core/access'

/** Whoever carries a request out sees everything of a customer. */
export const mayCarryOut = (staff: Staff) => may(staff, 'carryOut', 'privacy_request') && may(staff, 'personal', 'user')
