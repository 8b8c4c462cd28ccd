import { type Schema } from '#core/methods'
import { type Reader } from '#core/objects'

/** Parts of what is sent or answered around rows, each with what it is: `api.parts.sent.limit`. */
export function said(parts: Record<string, Schema>, which: 'sent' | 'answered', reader: Reader): Record<string, Schema> {
  return Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, { ...part, description: reader.t(`api.parts.${which}.${name}`) }]))
}

export function pageSchema(row: Schema, reader: Reader): Schema {
  const total = answerOf({ count: { type: 'integer' }, kind: { type: 'string', enum: ['exact', 'capped', 'about', 'unknown'] } }, reader)
  return answerOf({ rows: { type: 'array', items: row }, next: { type: ['string', 'null'] }, total }, reader, ['rows', 'next'])
}

const OUTCOMES = ['created', 'updated', 'unchanged', 'refused']

/** What became of a row, and of many, whatever they are rows of. */
export function writtenSchemas(reader: Reader): Record<string, Schema> {
  const outcome = { type: 'string', enum: OUTCOMES }
  const refusal = { code: { type: 'string' }, detail: { type: 'string' }, errors: { type: 'object', additionalProperties: { type: 'string' } } }
  const row = answerOf({ outcome, id: { type: ['integer', 'null'] }, ...refusal }, reader, ['outcome', 'id'])
  const counts = answerOf(Object.fromEntries(OUTCOMES.map((name) => [name, { type: 'integer' }])), reader)
  return {
    WrittenRow: answerOf({ id: { type: 'integer' }, outcome: { ...outcome, enum: OUTCOMES.filter((name) => name !== 'refused') } }, reader),
    WrittenRows: answerOf({ counts, rows: { type: 'array', items: row } }, reader),
  }
}

function answerOf(parts: Record<string, Schema>, reader: Reader, required = Object.keys(parts)): Schema {
  return { type: 'object', required, properties: said(parts, 'answered', reader), additionalProperties: false }
}
