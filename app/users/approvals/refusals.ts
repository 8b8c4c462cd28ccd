import { sentenceOf } from '#core/http'
import { DomainError, type InvalidValue, type Reader } from '#core/objects'

/** Somebody has decided on it, or the customer has asked for another contact since. */
export class RequestDecided extends DomainError {
  readonly code = 'requestDecided'
  override readonly status = 409
}

/** Meanwhile the contact has become another customer's, or must not be anybody's: `wrong` says which. */
export class RequestedContactRefused extends DomainError {
  readonly code = 'requestedContactRefused'
  override readonly status = 409

  constructor(readonly wrong: InvalidValue) {
    super()
  }

  override words(reader: Reader) {
    return { reason: sentenceOf(this.wrong, reader) }
  }
}
