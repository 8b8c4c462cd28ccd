import { type Outcome, type Target } from './race.js'

/** Noise of shared machines reaches this much, so only what is beyond it fails a run. */
const TOLERANCE = 1.5

const widths = [46, 14, 14, 8, 9, 10]
const failed: string[] = []

export function header() {
  line(['measure', 'Tessera', 'bare', 'ratio', 'target', 'verdict'])
  line(widths.map((width) => '-'.repeat(width)))
}

/** One line of the table, printed as soon as it is known. */
export function report(outcome: Outcome): Outcome {
  const { name, target, rows, ours, bare } = outcome
  const ratio = rows ? bare / ours : ours / bare
  const word = verdict(ratio, target)
  if (word === 'MISSED') failed.push(name)
  line([name, figure(ours, rows), figure(bare, rows), inWords(ratio, rows), limit(target), word])
  return outcome
}

/** 1 when something was missed by more than noise. */
export function summary(): number {
  console.log(failed.length ? `\nMissed: ${failed.join('; ')}` : '\nEvery target was met, give or take the noise.')
  return failed.length ? 1 : 0
}

export function note(text: string) {
  console.log(text)
}

function verdict(ratio: number, target?: Target) {
  if (!target) return ''
  const distance = 'atMost' in target ? ratio / target.atMost : target.atLeast / ratio
  if (distance <= 1) return 'met'
  return distance <= TOLERANCE ? 'close' : 'MISSED'
}

function figure(milliseconds: number, rows?: number) {
  if (rows) return `${Math.round(rows / (milliseconds / 1000)).toLocaleString('en')} /s`
  return milliseconds < 100 ? `${milliseconds.toFixed(2)} ms` : `${Math.round(milliseconds).toLocaleString('en')} ms`
}

function inWords(ratio: number, rows?: number) {
  return rows ? `${Math.round(ratio * 100)} %` : `${ratio.toFixed(ratio < 10 ? 2 : 0)}x`
}

function limit(target?: Target) {
  if (!target) return ''
  return 'atMost' in target ? `<= ${target.atMost}x` : `>= ${target.atLeast * 100} %`
}

function line(cells: string[]) {
  console.log(cells.map((cell, index) => (index ? cell.padStart(widths[index]) : cell.padEnd(widths[index]))).join('  '))
}
