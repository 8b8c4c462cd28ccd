import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { QueryResult } from 'pg'
import { nameOf } from './planned_once.js'
import { type Sql } from './sql.js'

export type Transaction = TransactionClientContract

/** All rows that a statement answers, inside `trx` when one is given. */
export async function rows<Row>(statement: Sql, trx?: Transaction): Promise<Row[]> {
  const answer = await run(statement, trx)
  return answer.rows
}

export async function row<Row>(statement: Sql, trx?: Transaction): Promise<Row | undefined> {
  const [first] = await rows<Row>(statement, trx)
  return first
}

/** Runs a statement and answers how many rows it touched. */
export async function execute(statement: Sql, trx?: Transaction): Promise<number> {
  const answer = await run(statement, trx)
  return answer.rowCount ?? 0
}

/** Commits when `work` resolves, rolls back when it throws. */
export async function transaction<Result>(work: (trx: Transaction) => Promise<Result>) {
  return db.transaction(work)
}

/** As Lucid would send it, but without the builder around it, which takes longer than a short statement itself. */
async function run(statement: Sql, trx?: Transaction): Promise<QueryResult> {
  if (statement.values.flat().includes(undefined)) throw new TypeError(`Undefined is no value to bind: ${statement.text}`)
  const sql = escaped(statement)
  const { client } = (trx ?? db.connection()).getReadClient()
  const connection = await client.acquireConnection()
  try {
    const { response } = await client.query(connection, { sql, bindings: statement.values, options: { name: nameOf(sql) } })
    return response
  } finally {
    client.releaseConnection(connection)
  }
}

/** Knex reads every `?` as a binding, so the ones of jsonb operators are escaped. */
function escaped(statement: Sql) {
  return statement.strings.map((part) => part.replaceAll('?', '\\?')).join('?')
}
