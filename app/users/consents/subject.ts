import { text, type FieldDraft, type Reader } from '#core/objects'

/** A channel and a category by their codes, as the log keeps them; a star stands for all of them. */
export function subject(): FieldDraft {
  const draft = text()
  const show = (codes: string, _field: unknown, reader: Reader) =>
    codes
      .split('/')
      .map((code) => (code === '*' ? reader.t('consent.any') : code))
      .join(' · ')
  return { ...draft, type: { ...draft.type, show } }
}
