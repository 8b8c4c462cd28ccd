import { text, worded, type FieldDraft, type FieldOptions, type Reader } from '#core/objects'

/** By which way a word of a customer came: a code that the product wrote, said in words, or what a file or an old system called it. */
export function origin(options: FieldOptions = {}): FieldDraft {
  const draft = text(options)
  const show = (code: string, _field: unknown, reader: Reader) => worded(reader, `consent.origins.${code}`) ?? code
  return { ...draft, type: { ...draft.type, show } }
}

/** By which method of the interface a word or an event came, or by whose key: `key 5` is said in words. */
export function method(options: FieldOptions = {}): FieldDraft {
  const draft = text(options)
  const show = (said: string, _field: unknown, reader: Reader) => {
    const [, key] = /^key (\d+)$/.exec(said) ?? []
    return key ? reader.t('consent.byKey', { key }) : said
  }
  return { ...draft, type: { ...draft.type, show } }
}
