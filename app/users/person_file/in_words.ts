import { dateTime, flag, integer, show, worded, type Field, type FieldDraft, type Reader } from '#core/objects'

/** A value as it lies in a row that was read as JSON. */
export function inWords(value: unknown, field: FieldDraft | undefined, reader: Reader): string {
  if (field) return field.type.show(value as never, field as Field, reader)
  if (typeof value === 'boolean') return show(flag(), value, reader)
  if (typeof value === 'number') return Number.isSafeInteger(value) ? show(integer(), value, reader) : String(value)
  if (typeof value === 'string' && MOMENT.test(value)) return show(dateTime(), value, reader)
  return worded(reader, `signals.${String(value)}`) ?? String(value)
}

/** How a moment is written in JSON, by PostgreSQL and by us. */
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d|Z)$/
