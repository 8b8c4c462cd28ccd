import { rows, sql, type Transaction } from '#core/database'
import { labelOf, type ObjectDefinition, type Reader } from '#core/objects'
import { type Reason } from './mapping/compile_row.js'

export interface Reject {
  line: number
  reasons: Reason[]
}

/** The first rows that were refused after a line, in the order of the file. */
export async function rejectsAfter(importId: number, line: number, limit: number, trx?: Transaction): Promise<Reject[]> {
  return rows<Reject>(
    sql`select line, reasons from import_rejects
      where import_id = ${importId} and line > ${line} order by line limit ${limit}`,
    trx
  )
}

/** Why a row was refused, as a sentence of the person's language: `Почта: ...; Телефон: ...`. */
export function sentenceOf(reasons: Reason[], object: ObjectDefinition, reader: Reader): string {
  return reasons.map((reason) => clauseOf(reason, object, reader)).join('; ')
}

function clauseOf({ field, code, params }: Reason, object: ObjectDefinition, reader: Reader) {
  const words = reader.t(`validator.${code}`, params ?? {})
  return field ? `${labelOf({ object: object.name, name: field }, reader)}: ${words}` : words
}
