import { text, worded, type FieldDraft, type FieldOptions, type Reader } from '#core/objects'

/** By which way a word of a customer came: a code that the product wrote, said in words, or what a file or an old system called it. */
export function origin(options: FieldOptions = {}): FieldDraft {
  const draft = text(options)
  const show = (code: string, _field: unknown, reader: Reader) => worded(reader, `consent.origins.${code}`) ?? code
  return { ...draft, type: { ...draft.type, show } }
}
