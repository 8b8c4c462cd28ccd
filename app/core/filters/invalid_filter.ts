import { DomainError } from '#core/objects'

/** The part of a node that is wrong, so that a form shows the sentence at its input. */
export type Part = 'node' | 'field' | 'relation' | 'operator' | 'compare' | 'value'

export interface FilterError {
  /** Indices from the root: `0.2` is the third node of the first one; the root is empty. */
  path: string
  part: Part
  /** The words are `validator.<code>` with `params`. */
  code: string
  params: Record<string, unknown>
  /** The field whose value is wrong, as the filter names it. */
  field?: string
}

/** What was sent is no filter of the object, with every error at its node. Where nobody draws the builder, it is a 422. */
export class InvalidFilter extends DomainError {
  readonly code = 'filter'

  constructor(readonly errors: FilterError[]) {
    super()
    this.message = errors.map(({ path, part, code }) => `${path || 'root'}: ${part} ${code}`).join('; ')
  }
}

/** One wrong part of the node at hand; whoever walks the tree knows where that is. */
export class InvalidPart extends Error {
  constructor(
    readonly part: Part,
    readonly code: string,
    readonly params: Record<string, unknown> = {},
    readonly field?: string
  ) {
    super(`${part} ${code}`)
  }
}
