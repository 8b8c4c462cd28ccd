import { identifier, join, sql, type Sql } from '#core/database'
import * as comparisons from './comparisons.js'
import { type Comparison } from './comparisons.js'
import { type Operand } from './operand.js'

/** Rows that point at one row, as SQL that `compile` puts together: `from receipts t1 where ...`. */
export interface Related {
  /** In a form that may be gone through from either side. */
  sought: Pointing
  /** In one that is the quickest where all of them are read. */
  gathered: Pointing
  /** What they must meet besides: their scope and the nested conditions. */
  conditions: Sql
  /** There are nested conditions. */
  narrowed: boolean
  /** A name that is free for their groups. */
  alias: Sql
}

interface Pointing {
  /** The table with its alias, and what leads on to the row that is meant. */
  source: Sql
  /** Pairs of expressions that are equal. */
  ties: { theirs: Sql; ours: Sql }[]
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

function exists({ sought, conditions }: Related): Sql {
  return sql`exists (select 1 from ${sought.source} where ${tied(sought)} and ${conditions})`
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

function group({ gathered: { source, ties }, conditions, alias }: Related, having: Sql): Sql {
  const keys = join(ties.map(({ theirs }) => theirs))
  const names = ties.map((_tie, index) => identifier(`key${index}`))
  const ours = join(ties.map((tie, index) => sql`${alias}.${names[index]} = ${tie.ours}`), ' and ')
  return sql`exists (select 1 from (
    select ${keys} from ${source} where ${conditions} group by ${keys} having ${having}
  ) ${alias} (${join(names)}) where ${ours})`
}

function asked({ sought, conditions }: Related, { aggregate, compare, operands }: Measure): Sql {
  return compare.sql(sql`(select ${aggregate} from ${sought.source} where ${tied(sought)} and ${conditions})`, operands)
}

const tied = ({ ties }: Pointing): Sql => join(ties.map(({ theirs, ours }) => sql`${theirs} = ${ours}`), ' and ')

const holds = ({ compare, operands }: Measure, value: number) =>
  compare.holds(value, operands.map((operand) => Number(operand.value)))
