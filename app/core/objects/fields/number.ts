import { numberFormat } from './formats.js'
import { InvalidValue, type FieldDraft, type FieldOptions, type FieldType } from './field.js'

/** `1 234,5`, `1234.5` and `-3` alike; thin and no-break spaces separate thousands. */
function digits(typed: string) {
  return typed.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.')
}

export const integerType: FieldType = {
  name: 'integer',
  sqlType: 'bigint',
  input: 'number',
  align: 'end',
  parse(typed) {
    const number = Number(digits(typed))
    if (!Number.isSafeInteger(number)) throw new InvalidValue('integer')
    return number
  },
  show: (value: number, _field, reader) => numberFormat(reader).format(value),
  write: (value: number) => String(value),
}

/** Kept as PostgreSQL numeric and carried as text, so that nothing is rounded on the way. */
export const decimalType: FieldType = {
  name: 'decimal',
  sqlType: 'numeric',
  input: 'number',
  align: 'end',
  parse(typed, field) {
    const written = digits(typed)
    if (!/^[+-]?\d{1,15}(\.\d+)?$/.test(written)) throw new InvalidValue('decimal')
    if ((written.split('.')[1] ?? '').length > field.scale!) throw new InvalidValue('scale', { scale: field.scale })
    return written
  },
  show: (value: string, field, reader) =>
    numberFormat(reader, { maximumFractionDigits: field.scale }).format(Number(value)),
  write: (value: string) => (value.includes('.') ? value.replace(/\.?0+$/, '') : value),
}

/** Stored as bigint minor units (kopecks, cents), typed and shown in major ones. */
export const moneyType: FieldType = {
  name: 'money',
  sqlType: 'bigint',
  input: 'money',
  align: 'end',
  parse(typed) {
    const written = /^([+-]?)(\d{1,13})(?:\.(\d{1,2}))?$/.exec(digits(typed))
    if (!written) throw new InvalidValue('money')
    const [, sign, major, minor = ''] = written
    return Number(`${sign}${major}${minor.padEnd(2, '0')}`)
  },
  show: (value: number, _field, reader) =>
    numberFormat(reader, { style: 'currency', currency: reader.currency, currencyDisplay: 'narrowSymbol' }).format(value / 100),
  write: (value: number) => (value / 100).toFixed(2),
}

export const integer = (options: FieldOptions = {}): FieldDraft => ({ ...options, type: integerType })

export const decimal = (options: FieldOptions & { scale?: number } = {}): FieldDraft => ({
  ...options,
  type: decimalType,
  scale: options.scale ?? 3,
})

export const money = (options: FieldOptions = {}): FieldDraft => ({ ...options, type: moneyType })
