import type { NamedReporterContract } from '@japa/runner/types'

export interface Tally {
  passed: number
  failed: number
  skipped: number
}

/** Hands the counts to whoever started the run, who says them as the very last line. */
export const tally: NamedReporterContract = {
  name: 'tally',
  handler(runner, emitter) {
    emitter.on('runner:end', () => {
      const { total, passed, failed, regression, skipped, todo } = runner.getSummary().aggregates
      const counts: Tally = {
        passed,
        failed: failed + regression,
        skipped: skipped + todo,
      }
      if (total === 0) process.exitCode = 1
      if (process.send) process.send(counts)
      else console.log(lineOf(counts))
    })
  },
}

export function lineOf({ passed, failed, skipped }: Tally) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}
