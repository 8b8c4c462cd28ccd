import { identifier, join, sql, type Sql } from '#core/database'
import * as comparisons from './comparisons.js'
import { type Comparison } from './comparisons.js'
import { type Operand } from './operand.js'

/** Rows that point at one row, as SQL that `compile` puts together: `from receipts t1 where ...`. */
export interface Related {
  /** The table with its alias. */
  source: Sql
  ties: Tie[]
  /** What they must meet besides: their scope and the nested conditions. */
  conditions: Sql
  /** There are nested conditions. */
  narrowed: boolean
  /** A name that is free for their groups. */
  alias: Sql
}

/** A pair of expressions that are equal. */
interface Tie {
  theirs: Sql
  ours: Sql
  /** Where rows were merged: every id that is ours, as an array; which of ours theirs leads to; and whether ours has other ids at all. */
  merged?: { ours: Sql; theirs: Sql; any: Sql }
}

/** What is counted or summed over related rows, and what the outcome must be. */
export interface Measure {
  /** An aggregate that is never null: no rows count 0 and sum up to 0. */
  aggregate: Sql
  compare: CompareOperator
  operands: Operand[]
}

export interface RelationOperator {
  /** Label: `operators.<name>`; in a sentence: `filters.phrases.<name>`. */
  name: string
  /** Takes nested conditions. */
  nested: boolean
  /** Compares an aggregate with a number. */
  measure?: 'count' | 'sum'
  sql: (related: Related, measure?: Measure) => Sql
}

/** Every operator on a relation (F11 and beyond). Always a semi-join: rows are neither multiplied nor lost. */
export const relationOperators: RelationOperator[] = [
  { name: 'exists', nested: true, sql: exists },
  { name: 'notExists', nested: true, sql: (related) => sql`not ${exists(related)}` },
  { name: 'atLeastOne', nested: false, sql: exists },
  { name: 'none', nested: false, sql: (related) => sql`not ${exists(related)}` },
  { name: 'count', nested: true, measure: 'count', sql: (related, measure) => counted(related, measure!) },
  { name: 'sum', nested: true, measure: 'sum', sql: (related, measure) => measured(related, measure!) },
]

export interface CompareOperator {
  /** Label: `operators.<name>`. */
  name: string
  arity: 1 | 2
  sql: Comparison
  /** The same in JavaScript, asked about the 0 of rows that nothing points at. */
  holds: (value: number, numbers: number[]) => boolean
}

/** How a count or a sum may stand to a number. */
export const compareOperators: CompareOperator[] = [
  { name: 'equal', arity: 1, sql: comparisons.equal, holds: (value, [to]) => value === to },
  { name: 'notEqual', arity: 1, sql: comparisons.notEqual, holds: (value, [to]) => value !== to },
  { name: 'greater', arity: 1, sql: comparisons.greater, holds: (value, [than]) => value > than },
  { name: 'atLeast', arity: 1, sql: comparisons.atLeast, holds: (value, [least]) => value >= least },
  { name: 'less', arity: 1, sql: comparisons.less, holds: (value, [than]) => value < than },
  { name: 'atMost', arity: 1, sql: comparisons.atMost, holds: (value, [most]) => value <= most },
  { name: 'between', arity: 2, sql: comparisons.between, holds: (value, [from, to]) => from <= value && value <= to },
]

/**
 * Few rows were merged, so what points at a row by its own id is asked first, in the form that the planner turns into one pass over
 * both tables; only of merged ones it is asked under all their ids.
 */
function exists({ source, ties, conditions }: Related): Sql {
  const found = (tie: (one: Tie) => Sql) => sql`exists (select 1 from ${source} where ${join(ties.map(tie), ' and ')} and ${conditions})`
  const merged = ties.find((tie) => tie.merged)?.merged
  const direct = found(({ theirs, ours }) => sql`${theirs} = ${ours}`)
  return merged ? sql`(${direct} or (${merged.any} and ${found(equal)}))` : direct
}

/** What the first row found can answer ("at least one", "none") is not counted. */
function counted(related: Related, measure: Measure): Sql {
  const [none, one, many] = [0, 1, Number.MAX_SAFE_INTEGER].map((count) => holds(measure, count))
  if (!none && one && many) return exists(related)
  if (none && !one && !many) return sql`not ${exists(related)}`
  return measured(related, measure)
}

/**
 * Related rows that conditions narrow are grouped once and the groups joined; without conditions every row asks the index of
 * its own, so that a page need not wait until the whole table is grouped (measured: README).
 */
function measured(related: Related, measure: Measure): Sql {
  return related.narrowed ? grouped(related, measure) : asked(related, measure)
}

/** Where rows without related ones belong to the answer, the groups that do not belong are left out instead. */
function grouped(related: Related, measure: Measure): Sql {
  const outcome = measure.compare.sql(measure.aggregate, measure.operands)
  return holds(measure, 0) ? sql`not ${group(related, sql`not ${outcome}`)}` : group(related, outcome)
}

function group({ source, ties, conditions, alias }: Related, having: Sql): Sql {
  const keys = join(ties.map(({ theirs, merged }) => merged?.theirs ?? theirs))
  const names = ties.map((_tie, index) => identifier(`key${index}`))
  const ours = join(ties.map((tie, index) => sql`${alias}.${names[index]} = ${tie.ours}`), ' and ')
  return sql`exists (select 1 from (
    select ${keys} from ${source} where ${conditions} group by ${keys} having ${having}
  ) ${alias} (${join(names)}) where ${ours})`
}

function asked({ source, ties, conditions }: Related, { aggregate, compare, operands }: Measure): Sql {
  return compare.sql(sql`(select ${aggregate} from ${source} where ${tied(ties)} and ${conditions})`, operands)
}

const tied = (ties: Related['ties']): Sql => join(ties.map(equal), ' and ')

const equal = ({ theirs, ours, merged }: Tie): Sql => (merged ? sql`${theirs} = any(${merged.ours})` : sql`${theirs} = ${ours}`)

const holds = ({ compare, operands }: Measure, value: number) =>
  compare.holds(value, operands.map((operand) => Number(operand.value)))
