import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { type Sql } from './sql.js'

export type Transaction = TransactionClientContract

/** All rows that a statement answers, inside `trx` when one is given. */
export async function rows<Row>(statement: Sql, trx?: Transaction): Promise<Row[]> {
  const answer = await (trx ?? db).rawQuery(escaped(statement), statement.values)
  return answer.rows
}

export async function row<Row>(statement: Sql, trx?: Transaction): Promise<Row | undefined> {
  const [first] = await rows<Row>(statement, trx)
  return first
}

/** Runs a statement and answers how many rows it touched. */
export async function execute(statement: Sql, trx?: Transaction): Promise<number> {
  const answer = await (trx ?? db).rawQuery(escaped(statement), statement.values)
  return answer.rowCount ?? 0
}

/** Commits when `work` resolves, rolls back when it throws. */
export async function transaction<Result>(work: (trx: Transaction) => Promise<Result>) {
  return db.transaction(work)
}

/** Knex reads every `?` as a binding, so the ones of jsonb operators are escaped. */
function escaped(statement: Sql) {
  return statement.strings.map((part) => part.replaceAll('?', '\\?')).join('?')
}
