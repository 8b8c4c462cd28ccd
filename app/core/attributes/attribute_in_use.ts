import { DomainError } from '#core/objects'

/** Rows hold values of the attribute that was to be deleted. */
export class AttributeHasValues extends DomainError {
  readonly code = 'attributeHasValues'
}

/** A filter that somebody keeps asks about it: `kind` is the object that keeps it, `title` the row, `others` how many more there are. */
export class AttributeInUse extends DomainError {
  readonly code = 'attributeInUse'
}
