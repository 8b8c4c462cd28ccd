import { text, worded, type FieldDraft, type FieldOptions, type Reader } from '#core/objects'

/** The name of a signal, said in words. */
export function signalName(options: FieldOptions = {}): FieldDraft {
  const draft = text(options)
  const show = (name: string, _field: unknown, reader: Reader) => worded(reader, `signals.${name}`) ?? name
  return { ...draft, type: { ...draft.type, show } }
}
