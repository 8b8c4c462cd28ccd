import { row, sql } from '#core/database'
import {
  InvalidFields, InvalidValue, dateTime, objects, show, typedValue, type Field, type ObjectDefinition, type Reader, type Values,
} from '#core/objects'
import { writtenValue } from '../forms/form.js'

/** What the form showed of each field comes back with it, so that a change by somebody else is noticed. */
export function seenOf(object: ObjectDefinition, names: string[], values: Values, reader: Reader) {
  return names.map((name) => ({ name: `seen-${name}`, value: writtenValue(object, name, values[name], reader) }))
}

export interface Write {
  object: ObjectDefinition
  names: string[]
  /** As the row stands now. */
  values: Values & { id: number }
  sent: Record<string, unknown>
  reader: Reader
}

/**
 * The fields that a form means to write: those which differ from what it showed. What was left as it was shown is not written, so that
 * two people who change different fields do not disturb each other; nor is what the person gave up for the other's (`keep-<field>`).
 */
export function meant({ object, names, sent, reader }: Omit<Write, 'values'>): string[] {
  return names.filter((name) => {
    const seen = sent[`seen-${name}`]
    if (sent[`keep-${name}`] === 'theirs') return false
    return typeof seen !== 'string' || !alike(objects.field(object, name), sent[name], seen, reader)
  })
}

/** Fields that somebody else changed meanwhile and that this form would overwrite, told at the fields; or nothing. */
export async function unseenChanges({ object, names, values, sent, reader }: Write): Promise<InvalidFields | undefined> {
  const told: [string, InvalidValue][] = []
  for (const name of names) {
    const field = objects.field(object, name)
    const now = writtenValue(object, name, values[name], reader)
    const seen = sent[`seen-${name}`]
    if (typeof seen !== 'string' || seen === now || alike(field, sent[name], now, reader)) continue
    const value = now === '' ? '—' : field.type.show(values[name] as never, field, reader)
    told.push([name, new InvalidValue('changedMeanwhile', { value, by: await lastWriter(object, values.id, name, reader) })])
  }
  return told.length ? new InvalidFields(Object.fromEntries(told)) : undefined
}

/** A browser writes the same moment without its seconds, and a text with other line ends: what counts is what they mean. */
function alike(field: Field, sent: unknown, written: string, reader: Reader): boolean {
  return sent === written || JSON.stringify(meaning(field, sent, reader)) === JSON.stringify(meaning(field, written, reader))
}

function meaning({ format, ...field }: Field, sent: unknown, reader: Reader): unknown {
  const text = typeof sent === 'string' && (format === 'multiline' || format === 'code') ? sent.replaceAll('\r\n', '\n') : sent
  try {
    return typedValue({ ...field, format, required: false }, text, reader)
  } catch (error) {
    if (error instanceof InvalidValue) return { unreadable: text }
    throw error
  }
}

/** Who wrote the field last, and when. */
async function lastWriter(object: ObjectDefinition, id: number, name: string, reader: Reader): Promise<string> {
  const entry = await row<{ staff: string | null; createdAt: Date }>(
    sql`select s.name as staff, a.created_at as "createdAt" from audit_log a left join staff s on s.id = a.staff_id
      where a.object = ${object.name} and a.record_id = ${id} and a.changes -> 'after' ? ${name} order by a.id desc limit 1`
  )
  const who = entry?.staff ?? reader.t('history.nobody')
  return entry ? `${who}, ${show(dateTime(), entry.createdAt, reader)}` : who
}
