import { sql, type Sql } from '#core/database'
import { type Operand } from './operand.js'

/** How a value stands to another. A moment with an end is compared as a whole: after a day begins when it is over. */
export type Comparison = (x: Sql, operands: Operand[]) => Sql

export const equal: Comparison = (x, [to]) =>
  to.until ? sql`(${x} >= ${to.at} and ${x} < ${to.until})` : sql`${x} = ${to.at}`

export const greater: Comparison = (x, [than]) => (than.until ? sql`${x} >= ${than.until}` : sql`${x} > ${than.at}`)

export const atLeast: Comparison = (x, [least]) => sql`${x} >= ${least.at}`

export const less: Comparison = (x, [than]) => sql`${x} < ${than.at}`

export const atMost: Comparison = (x, [most]) => (most.until ? sql`${x} < ${most.until}` : sql`${x} <= ${most.at}`)

export const between: Comparison = (x, [from, to]) => sql`(${atLeast(x, [from])} and ${atMost(x, [to])})`

/** For counts and sums, which are never null. */
export const notEqual: Comparison = (x, operands) => sql`not ${equal(x, operands)}`
