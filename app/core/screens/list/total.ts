import { createHash } from 'node:crypto'
import { empty, identifier, row, sql, within, type Sql, type Transaction } from '#core/database'
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
  /** `capped`: that many and more. `about`: as the planner estimates. Both while the exact number is being counted. */
  kind: 'exact' | 'capped' | 'about'
  /** An exact number is on its way: ask again. */
  counting: boolean
}

const QUICK_MS = 300
const PATIENT_MS = 60_000
const KEPT_MS = 45_000
/** A number is kept for so many times as long as it took: what was cheap is soon asked anew, and an import shows at once. */
const KEPT_TIMES = 100
const CAP = 10_000
const MOST_KEPT = 500

/** Patient counts at once in this process: each holds a connection for as long as a minute. */
const MOST_COUNTING = 2

const kept = new Map<string, { total: Total; until: number }>()
const counting = new Set<string>()

/** A total that is known already, so that a page need not ask for it. */
export function knownTotal(counted: Counted): Total | undefined {
  const found = kept.get(keyOf(counted))
  return found && found.until > Date.now() ? found.total : undefined
}

/**
 * How many rows meet a condition (DATA, 1a): exactly, if that takes 0.3 s; else a lower bound or an estimate now, while the
 * exact number is counted aside. Kept for 45 s at most.
 */
export async function totalOf(counted: Counted): Promise<Total> {
  const known = knownTotal(counted)
  if (known) return known

  const asked = Date.now()
  const count = await within(QUICK_MS, (trx) => countOf(counted, trx))
  const cost = Date.now() - asked
  if (count !== undefined) return keep(counted, { count, kind: 'exact', counting: false }, cost * KEPT_TIMES)
  countAside(counted)
  return keep(counted, await roughly(counted))
}

/** Answers at once; the number is found in the cache when it is there. */
function countAside(counted: Counted) {
  const key = keyOf(counted)
  if (counting.has(key) || counting.size >= MOST_COUNTING) return
  counting.add(key)
  within(PATIENT_MS, (trx) => countOf(counted, trx))
    .then((count) => {
      const rough = kept.get(key)?.total ?? { count: CAP, kind: 'capped' as const }
      keep(counted, count === undefined ? { ...rough, counting: false } : { count, kind: 'exact', counting: false })
    })
    .catch(() => kept.delete(key))
    .finally(() => counting.delete(key))
}

async function roughly(counted: Counted): Promise<Total> {
  const estimated = counted.all ? await estimate(counted.object) : 0
  if (estimated > CAP) return { count: estimated, kind: 'about', counting: true }
  const count = await within(QUICK_MS, (trx) => countOf(counted, trx, sql`limit ${CAP + 1}`))
  return { count: Math.min(count ?? CAP, CAP), kind: 'capped', counting: true }
}

async function countOf({ object, where }: Counted, trx: Transaction, limit = empty) {
  const found = await row<{ count: number }>(
    sql`select count(*) as count from (
      select 1 from ${identifier(object.table)} ${table} where ${existing(object)} and ${where} ${limit}
    ) met`,
    trx
  )
  return found!.count
}

async function estimate(object: ObjectDefinition) {
  const found = await row<{ count: number }>(
    sql`select reltuples::bigint as count from pg_class where oid = to_regclass(${object.table})`
  )
  return found?.count ?? 0
}

function keep(counted: Counted, total: Total, forMs = KEPT_MS) {
  if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value!)
  kept.set(keyOf(counted), { total, until: Date.now() + Math.min(forMs, KEPT_MS) })
  return total
}

/** After a write the numbers of an object are stale for the person who wrote. */
export function forgetTotals(object: ObjectDefinition) {
  for (const key of kept.keys()) if (key.startsWith(`${object.name}:`)) kept.delete(key)
}

function keyOf({ object, question }: Counted) {
  const hash = createHash('sha256').update(question).digest('base64url')
  return `${object.name}:${hash}`
}
