import { createHash } from 'node:crypto'
import { empty, identifier, Kept, row, rows, sql, within, type Sql, type Transaction } from '#core/database'
import { existing, table, type ObjectDefinition } from '#core/objects'

/** A question of which rows there are. */
export interface Counted {
  object: ObjectDefinition
  /** Condition over `t`. */
  where: Sql
  /** What was asked, in a form that stays equal while the moments of relative dates move on. */
  question: string
  /** No condition at all. */
  all: boolean
}

export interface Total {
  count: number
  /**
   * `capped`: that many and more. `about`: of a whole table, or where counting took too long, as the planner estimates. `unknown`: not
   * even a bound was found in time; a guess that is ten times off would be worse than none.
   */
  kind: 'exact' | 'capped' | 'about' | 'unknown'
  /** An exact number is on its way: ask again. */
  counting: boolean
}

const QUICK_MS = 300
const PATIENT_MS = 60_000
const KEPT_MS = 45_000
/** A number is kept for so many times as long as it took: what was cheap is soon asked anew, and an import shows at once. */
const KEPT_TIMES = 100
const CAP = 10_000

/** Patient counts at once in this process: each holds a connection for as long as a minute. */
const MOST_COUNTING = 2

const kept = new Kept<Total>(500)
const counting = new Set<string>()

/** A total that is known already, so that a page need not ask for it. */
export const knownTotal = (counted: Counted): Total | undefined => kept.get(keyOf(counted))

/**
 * How many rows meet a condition (DATA, 1a): exactly, if that takes 0.3 s; else a lower bound or an estimate now, while the
 * exact number is counted aside, for so many milliseconds at most. Kept for 45 s at most.
 */
export async function totalOf(counted: Counted, patience = PATIENT_MS): Promise<Total> {
  const known = knownTotal(counted) ?? (await exactly(counted))
  if (known && !known.counting) return known
  const rough = known ?? keep(counted, await roughly(counted))
  countAside(counted, rough, patience)
  return rough
}

/** The same for a filter that is still being built: nothing goes on behind a draft that the next press makes outdated. */
export async function quickTotalOf(counted: Counted): Promise<Total> {
  return knownTotal(counted) ?? (await exactly(counted)) ?? roughly(counted)
}

async function exactly(counted: Counted): Promise<Total | undefined> {
  const asked = Date.now()
  const count = await within(QUICK_MS, (trx) => countOf(counted, trx))
  const cost = Date.now() - asked
  return count === undefined ? undefined : keep(counted, { count, kind: 'exact', counting: false }, cost * KEPT_TIMES)
}

/** Answers at once; the number is found in the cache when it is there. */
function countAside(counted: Counted, rough: Total, patience: number) {
  const key = keyOf(counted)
  if (counting.has(key) || counting.size >= MOST_COUNTING) return
  counting.add(key)
  within(patience, (trx) => countOf(counted, trx))
    .then(async (count) => {
      if (count !== undefined) keep(counted, { count, kind: 'exact', counting: false })
      else if (rough.kind === 'capped') keep(counted, { ...rough, counting: false })
      else keep(counted, { count: await guess(counted), kind: 'about', counting: false })
    })
    .catch(() => kept.forget(key))
    .finally(() => counting.delete(key))
}

async function roughly(counted: Counted): Promise<Total> {
  const all = counted.all ? await rowsOfTable(counted.object) : 0
  if (all > CAP) return { count: all, kind: 'about', counting: true }
  const count = await within(QUICK_MS, (trx) => countOf(counted, trx, sql`limit ${CAP + 1}`))
  if (count === undefined) return { count: 0, kind: 'unknown', counting: true }
  return { count: Math.min(count, CAP), kind: 'capped', counting: true }
}

async function countOf(counted: Counted, trx: Transaction, limit = empty) {
  const found = await row<{ count: number }>(sql`select count(*) as count from (${rowsThatMeet(counted)} ${limit}) met`, trx)
  return found!.count
}

const rowsThatMeet = ({ object, where }: Counted) =>
  sql`select 1 from ${identifier(object.table)} ${table} where ${existing(object)} and ${where}`

async function guess(counted: Counted) {
  const [found] = await rows<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>(sql`explain (format json) ${rowsThatMeet(counted)}`)
  return found['QUERY PLAN'][0].Plan['Plan Rows']
}

async function rowsOfTable(object: ObjectDefinition) {
  const found = await row<{ count: number }>(
    sql`select reltuples::bigint as count from pg_class where oid = to_regclass(${object.table})`
  )
  return found?.count ?? 0
}

function keep(counted: Counted, total: Total, forMs = KEPT_MS) {
  return kept.keep(keyOf(counted), total, Math.min(forMs, KEPT_MS))
}

/** After a write the numbers of an object are stale for the person who wrote. */
export const forgetTotals = ({ name }: ObjectDefinition) => kept.forget(`${name}:`)

function keyOf({ object, question }: Counted) {
  const hash = createHash('sha256').update(question).digest('base64url')
  return `${object.name}:${hash}`
}
