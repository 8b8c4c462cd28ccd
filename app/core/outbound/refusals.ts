import { DomainError } from '#core/objects'

/** The product does not call there: `reason` is `address`, `scheme`, `port`, `credentials`, `host` or `url`. Trying again changes nothing. */
export class CallRefused extends DomainError {
  readonly code = 'callRefused'

  constructor(readonly reason: string, readonly host = '') {
    super({ reason, host })
  }
}

/** No whole answer came: `reason` is `timeout`, `tooLarge`, `unreachable` or `cancelled`. */
export class CallFailed extends DomainError {
  readonly code = 'callFailed'

  constructor(readonly reason: string, readonly host: string, options?: ErrorOptions) {
    super({ reason, host })
    this.cause = options?.cause
  }
}
