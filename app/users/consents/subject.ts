import { text, worded, type FieldDraft, type Reader } from '#core/objects'

/** A channel and a category by their codes, as the log keeps them, where a star stands for all of them; or a regime. */
export function subject(): FieldDraft {
  const draft = text()
  const show = (codes: string, _field: unknown, reader: Reader) => {
    const [channel, category] = codes.split('/')
    if (category === undefined) return worded(reader, `user.choices.communicationRegime.${codes}`) ?? codes
    return [
      channel === '*' ? reader.t('consent.everyChannel') : channel,
      category === '*' ? reader.t('consent.everyCategory') : category,
    ].join(', ')
  }
  return { ...draft, type: { ...draft.type, show } }
}
