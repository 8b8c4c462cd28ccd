export { sql, join, raw, empty, identifier, quotedName, type Sql } from './sql.js'
export { rows, row, execute, transaction, type Transaction } from './query.js'
export { copyOut } from './copy.js'
export { within } from './within.js'
