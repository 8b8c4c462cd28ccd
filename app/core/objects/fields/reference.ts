import { InvalidValue, type FieldDraft, type FieldOptions, type FieldType, type Inverse } from './field.js'

/** The id of a row of another object. Rows of a list carry `{ id, title }`. */
export const referenceType: FieldType = {
  name: 'reference',
  sqlType: 'bigint',
  input: 'reference',
  parse(typed) {
    const id = Number(typed)
    if (!Number.isSafeInteger(id) || id < 1) throw new InvalidValue('reference')
    return id
  },
  show: (value: { title: string | null }) => value.title ?? '',
  write: (value: { id: number } | number) => String(typeof value === 'object' ? value.id : value),
}

/**
 * A foreign key, declared once for both ends: with `many` the other object gains the relation of that
 * name in filters, and with `tab` a detail on its card (DESIGN, "Down by call, up by signal, sideways by name").
 */
export function belongsTo(object: string, options: FieldOptions & Partial<Inverse> = {}): FieldDraft {
  const { many, tab, columns, sort, opens, colocated, badges, own, children, ...rest } = options
  const inverse = many ? { many, tab, columns, sort, opens, colocated, badges, own, children } : undefined
  return { ...rest, type: referenceType, to: object, inverse }
}
