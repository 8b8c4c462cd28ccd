import { report } from './report.js'

/** How far the product may be from the bare thing: of a time, at most so many times it; of a rate, at least that share. */
export type Target = { atMost: number } | { atLeast: number }

export interface Race {
  name: string
  /** The way through the product. */
  ours: () => Promise<unknown>
  /** The least that any product would have to do for the same. */
  bare: () => Promise<unknown>
  /** Of DATA, section 8; without one the figure is only told. */
  target?: Target
  /** How often each runs; the median counts. */
  runs?: number
  /** Runs within one measurement, for what is over too soon to be measured alone. */
  times?: number
  /** Work of one run: then rates are told instead of times. */
  rows?: number
  /** Makes the next run possible; not measured. */
  prepare?: () => Promise<unknown>
  /** The same for the bare thing. */
  prepareBare?: () => Promise<unknown>
}

export interface Outcome {
  name: string
  target?: Target
  rows?: number
  /** Milliseconds of one run. */
  ours: number
  bare: number
}

/** Runs the two in turn, since a shared machine is slower at one moment than at the next; ratios of one run can be trusted. */
export async function race({ name, target, rows, runs = 3, times = 1, ...ways }: Race): Promise<Outcome> {
  const ours: number[] = []
  const bare: number[] = []
  if (times > 1) await Promise.all([ways.bare(), ways.ours()])
  for (let run = 0; run < runs; run++) {
    await ways.prepareBare?.()
    bare.push(await timed(ways.bare, times))
    await ways.prepare?.()
    ours.push(await timed(ways.ours, times))
  }
  return report({ name, target, rows, ours: median(ours), bare: median(bare) })
}

/** Milliseconds of one time. */
export async function timed(work: () => Promise<unknown>, times = 1) {
  const startedAt = performance.now()
  for (let time = 0; time < times; time++) await work()
  return (performance.now() - startedAt) / times
}

export function median(values: number[]) {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)]
}
