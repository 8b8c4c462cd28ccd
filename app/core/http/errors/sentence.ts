import { type DomainError, type InvalidFields, type InvalidValue, type Reader } from '#core/objects'

/** What is wrong with a value, in words: `validator.<code>`. */
export function sentenceOf(error: InvalidValue, reader: Reader): string {
  return reader.t(`validator.${error.code}`, error.params)
}

/** By field, for a form that is drawn again. */
export function sentencesOf({ errors }: InvalidFields, reader: Reader): Record<string, string> {
  return Object.fromEntries(Object.entries(errors).map(([field, error]) => [field, sentenceOf(error, reader)]))
}

/** Which rule was not met, in words: `refusals.<code>`. */
export function refusalOf(error: DomainError, reader: Reader): string {
  return reader.t(`refusals.${error.code}`, error.words(reader))
}
