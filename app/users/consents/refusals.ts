import { DomainError } from '#core/objects'

/** The source of the call belongs to no campaign. */
export class CampaignMissing extends DomainError {
  readonly code = 'campaignMissing'
}
