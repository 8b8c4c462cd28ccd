export { sql, join, raw, empty, identifier, type Sql } from './sql.js'
export { rows, row, execute, transaction, type Transaction } from './query.js'
