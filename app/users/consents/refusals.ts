import { DomainError } from '#core/objects'

/** The source of the call belongs to no campaign. */
export class CampaignMissing extends DomainError {
  readonly code = 'campaignMissing'
}

/** The customer took back the consent to the processing of personal data. */
export class ConsentWithdrawn extends DomainError {
  readonly code = 'consentWithdrawn'
  override readonly status = 403
}

/** The campaign takes nobody: it is off, not begun or over. */
export class CampaignClosed extends DomainError {
  readonly code = 'campaignClosed'
  override readonly status = 403
}
