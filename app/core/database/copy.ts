import db from '@adonisjs/lucid/services/db'
import pg from 'pg'
import { to } from 'pg-copy-streams'
import { finished } from 'node:stream/promises'
import { type Readable } from 'node:stream'
import { type Sql } from './sql.js'

/**
 * Streams what a statement selects as CSV without a header, on a connection of its own. It is given back when the stream has ended;
 * one that was left in the middle of a COPY is of no use to others and is cut.
 */
export async function copyOut(statement: Sql, delimiter: ',' | ';' = ','): Promise<Readable> {
  const pool = db.connection().getReadClient().client
  const connection = await pool.acquireConnection()
  const stream = connection.query(to(`copy (${written(statement)}) to stdout with (format csv, delimiter '${delimiter}')`))
  finished(stream)
    .catch(() => connection.connection.stream.destroy())
    .finally(() => pool.releaseConnection(connection))
  return stream
}

/** COPY takes no parameters, so the bound values are written out, by the driver's own escaping. */
function written({ strings, values }: Sql): string {
  return strings.reduce((text, part, index) => text + literal(values[index - 1]) + part)
}

function literal(value: unknown): string {
  if (value === null) return 'null'
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return pg.escapeLiteral(value)
  if (value instanceof Date) return pg.escapeLiteral(value.toISOString())
  if (Array.isArray(value)) return pg.escapeLiteral(arrayText(value))
  throw new Error(`A value of type ${typeof value} cannot be written into COPY`)
}

/** Of texts and numbers, as filters bind them. */
function arrayText(values: unknown[]): string {
  const items = values.map((value) => `"${String(value).replace(/[\\"]/g, '\\$&')}"`)
  return `{${items.join(',')}}`
}
