/**
 * A rule of the product that was not met. Each rule is a class, thrown by the verb that keeps it; the words are
 * `refusals.<code>` with `params`, and one place turns them into a sentence or a problem (RFC 9457).
 */
export abstract class DomainError extends Error {
  abstract readonly code: string

  constructor(readonly params: Record<string, unknown> = {}) {
    super(new.target.name)
  }
}
