import { DomainError, integer, nameOf, objects, show, type Reader } from '#core/objects'

/** Rows of these objects point at the value that was to be deleted. */
export class ValueInUse extends DomainError {
  readonly code = 'valueInUse'

  constructor(
    readonly uses: { object: string; count: number }[],
    readonly makeInactive: string
  ) {
    super()
  }

  /** "Customers (1,204), Communications (3)". */
  words(reader: Reader) {
    const named = this.uses.map(({ object, count }) => `${nameOf(objects.get(object), 'many', reader)} (${show(integer(), count, reader)})`)
    return { uses: new Intl.ListFormat(reader.locale).format(named) }
  }

  get instead() {
    return { name: 'makeInactive', post: this.makeInactive }
  }
}

/** The product itself asks for this value by its code. */
export class BuiltInValue extends DomainError {
  readonly code = 'builtInValue'
}
