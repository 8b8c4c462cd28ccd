import { InvalidValue, type FieldDraft, type FieldOptions, type FieldType } from './field.js'

const EMAIL = /^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;"]+$/
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ud800-\udfff]/u
const LINE_BREAK = /[\r\n]/

export const textType: FieldType = {
  name: 'text',
  sqlType: 'text',
  input: 'text',
  parse(typed, field) {
    if (CONTROL.test(typed)) throw new InvalidValue('controlCharacters')
    if (singleLine(field.format) && LINE_BREAK.test(typed)) throw new InvalidValue('lineBreak')
    if (typed.length > field.max!) throw new InvalidValue('tooLong', { max: field.max })
    if (field.format === 'email' && !EMAIL.test(typed)) throw new InvalidValue('email')
    return typed
  },
  show: (value: string) => value,
  write: (value: string) => value,
}

/** Text. `multiline` and `code` may hold line breaks, the others never (headers are built of them). */
export function text(options: FieldOptions & Pick<FieldDraft, 'format' | 'max'> = {}): FieldDraft {
  const format = options.format ?? 'line'
  return { ...options, type: textType, format, max: options.max ?? (singleLine(format) ? 500 : 1_000_000) }
}

function singleLine(format: FieldDraft['format']) {
  return format === 'line' || format === 'email'
}
