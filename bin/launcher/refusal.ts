/** A reason not to go on that a person can act upon; told as a sentence, without a stack. */
export class Refusal extends Error {}

export function tell(error: unknown) {
  console.error(error instanceof Refusal ? `\n${error.message}\n` : error)
}
