import { InvalidValue, type FieldDraft, type FieldOptions, type FieldType } from './field.js'

const YES = ['1', 'true', 'yes', 'y', 'on', 'да', '+']
const NO = ['0', 'false', 'no', 'n', 'off', 'нет', '-']

export const flagType: FieldType = {
  name: 'flag',
  sqlType: 'boolean',
  input: 'flag',
  parse(typed) {
    const word = typed.trim().toLowerCase()
    if (YES.includes(word)) return true
    if (NO.includes(word)) return false
    throw new InvalidValue('flag')
  },
  show: (value: boolean, _field, reader) => reader.t(value ? 'core.yes' : 'core.no'),
  write: (value: boolean) => (value ? '1' : '0'),
}

export const flag = (options: FieldOptions = {}): FieldDraft => ({ ...options, type: flagType })
