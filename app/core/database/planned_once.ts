import { AsyncLocalStorage } from 'node:async_hooks'

/** Plans take memory on every connection; texts beyond so many are planned each time. */
const MOST = 500

const names = new Map<string, string>()
const within = new AsyncLocalStorage<true>()

/**
 * Statements that `work` sends are planned once on a connection and then run by name: short ones cost more to plan than to run. For work
 * that sends the same few all the time, each of which reads by its keys; a plan that fits every value is a poor one for filters.
 */
export const plannedOnce = <Result>(work: () => Result): Result => within.run(true, work)

/** The name of a statement, where it is to be planned once. */
export function nameOf(text: string): string | undefined {
  if (!within.getStore()) return undefined
  const known = names.get(text)
  if (known || names.size >= MOST) return known
  names.set(text, `p${names.size}`)
  return names.get(text)
}
