import { DomainError, labelOf, objects, type Reader } from '#core/objects'

/** One of the two was merged, deleted or erased meanwhile, or both are one. */
export class CannotMerge extends DomainError {
  readonly code = 'cannotMerge'
  override readonly status = 409
}

/** The merge was undone already. */
export class MergeUndone extends DomainError {
  readonly code = 'mergeUndone'
  override readonly status = 409
}

/** The customer of a merge was merged or deleted since: that has to be taken back first. */
export class MergedFurther extends DomainError {
  readonly code = 'mergedFurther'
  override readonly status = 409
}

/** What the merge wrote was changed since, so what was before cannot be put back without losing the change. */
export class ChangedSinceMerge extends DomainError {
  readonly code = 'changedSinceMerge'
  override readonly status = 409

  /** `names` are fields of the customer, or `identifiers`. */
  constructor(readonly names: string[]) {
    super()
  }

  override words(reader: Reader) {
    const user = objects.get('user')
    const called = this.names.map((name) => {
      const field = user.fields.get(name)
      return field ? labelOf(field, reader) : reader.t(`user.relations.${name}`)
    })
    return { list: called.join(', ') }
  }
}
