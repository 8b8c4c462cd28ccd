import { type Sql } from '#core/database'
import { type Field } from '#core/objects'
import { type Clock, type Operand } from './operand.js'

/** What an operator says of `x`, a field of one row, as SQL. */
export type Meaning = (x: Sql, operands: Operand[], about: { field: Field; clock: Clock }) => Sql
