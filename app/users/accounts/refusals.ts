import { DomainError } from '#core/objects'

/** Somebody has one of the contacts already. The same for whichever it is, with the offer to sign in or to restore the password (F28). */
export class ContactTaken extends DomainError {
  readonly code = 'contactTaken'
  override readonly status = 409
}

/** One of the contacts is in the stop list: nobody gets it (F29). */
export class ContactRefused extends DomainError {
  readonly code = 'contactRefused'
  override readonly status = 403
}

/** Nothing of a person is kept who has not agreed to it (F34). */
export class ConsentNeeded extends DomainError {
  readonly code = 'consentNeeded'
}

/** No such customer, another password, identifiers of two customers: which of it is told to nobody (S-01). */
export class WrongCredentials extends DomainError {
  readonly code = 'wrongCredentials'
  override readonly status = 401
}

/** The password that the customer has said is not theirs. */
export class WrongPassword extends DomainError {
  readonly code = 'wrongPassword'
  override readonly status = 403
}

/** The campaign lets customers not change this themselves (F33). */
export class FieldLocked extends DomainError {
  readonly code = 'fieldLocked'
  override readonly status = 403

  constructor(readonly fields: string[]) {
    super({ fields: fields.join(', ') })
  }
}
