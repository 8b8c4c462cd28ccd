import { worded } from '../labels.js'
import { InvalidValue, type FieldDraft, type FieldOptions, type FieldType } from './field.js'

/** One of a few values fixed in code; a list that staff may change is a reference book instead. */
export const choiceType: FieldType = {
  name: 'choice',
  sqlType: 'text',
  input: 'choice',
  parse(typed, field) {
    const said = typed.trim().toLowerCase()
    const value = field.values!.find((known) => known.toLowerCase() === said) ?? field.spellings?.get(said)
    if (!value) throw field.unknown ? new InvalidValue(field.unknown) : new InvalidValue('choice', { values: field.values!.join(', ') })
    return value
  },
  /** A choice among things that have names of their own (objects) is called as they are. */
  show: (value: string, field, reader) => field.named?.(value, reader.locale) ?? worded(reader, `${field.object}.choices.${field.name}.${value}`, `${value}.many`) ?? value,
  write: (value: string) => value,
}

/** `values` may be a question asked at every use, where sections that come later add to the list. */
export function choice(values: readonly string[] | (() => readonly string[]), options: FieldOptions & Pick<FieldDraft, 'tones' | 'named' | 'unknown'> = {}): FieldDraft {
  const ask = typeof values === 'function' ? values : () => values
  return {
    ...options,
    type: choiceType,
    get values() {
      return ask()
    },
  }
}
