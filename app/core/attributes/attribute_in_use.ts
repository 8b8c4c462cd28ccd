import { DomainError } from '#core/objects'

/** Rows hold values of the attribute that was to be deleted. */
export class AttributeInUse extends DomainError {
  readonly code = 'attributeInUse'
}
