import { type InvalidValue, type Reader } from '#core/objects'

/** What is wrong with a value, in words: `validator.<code>`. */
export function sentenceOf(error: InvalidValue, reader: Reader): string {
  return reader.t(`validator.${error.code}`, error.params)
}
