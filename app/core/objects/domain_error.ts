import { type Reader } from './fields/field.js'

/**
 * A rule of the product that was not met. Each rule is a class, thrown by the verb that keeps it; the words are
 * `refusals.<code>` with `params`, and one place turns them into a sentence or a problem (RFC 9457).
 */
export abstract class DomainError extends Error {
  abstract readonly code: string
  /** Of the answer over HTTP (RFC 9110). */
  readonly status: number = 422

  constructor(readonly params: Record<string, unknown> = {}) {
    super(new.target.name)
  }

  /** Values of the sentence, as this reader says them. */
  words(_reader: Reader): Record<string, unknown> {
    return this.params
  }

  /** What can be done instead: a button that posts there. Its label is `refusals.instead.<name>`. */
  get instead(): { name: string; post: string } | undefined {
    return undefined
  }
}
