import logger from '@adonisjs/core/services/logger'
import { DomainError } from '#core/objects'

/** There is none of this name, or it is switched off. */
export class UnknownProvider extends DomainError {
  readonly code = 'unknownProvider'
  override readonly status = 404
}

/** The way back leads to a site that the source does not name. */
export class ForeignRedirect extends DomainError {
  readonly code = 'foreignRedirect'
}

/** What came back was not begun here or not by them, was used before or took too long. */
export class SocialLoginOver extends DomainError {
  readonly code = 'socialLoginOver'
}

/** The provider did not answer, or its word does not hold. */
export class ProviderSilent extends DomainError {
  readonly code = 'providerSilent'

  constructor(cause: unknown) {
    super()
    this.cause = cause
    const { name, code, message } = cause as { name?: string; code?: string; message?: string }
    logger.warn({ error: name, code, reason: message }, 'a sign-in through a provider failed')
  }
}

/** Another customer signs in by that account. */
export class SocialAccountTaken extends DomainError {
  readonly code = 'socialAccountTaken'
  override readonly status = 409
}
