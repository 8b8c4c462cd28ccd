import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { root } from './state.ts'

const STOP_MS = 15_000
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 30_000
/** One that lived this long was well; its next fall starts to count anew. */
const STEADY_MS = 60_000

/** Runs a part of the product with TypeScript read as it is. */
export function run(
  script: string,
  words: string[],
  env: Record<string, string>,
  output: 'inherit' | 'pipe' = 'inherit',
) {
  return fork(script, words, {
    cwd: root,
    env,
    execArgv: ['--import=@poppinss/ts-exec'],
    /** Its own process group: Ctrl-C is for the supervisor, which stops its parts in order. */
    detached: true,
    stdio: ['ignore', output, output, 'ipc'],
  })
}

/** Asks a child to stop, waits, and stops it the hard way when it does not. */
export async function stopChild(child: ChildProcess) {
  if (hasEnded(child)) {
    return
  }
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  const hurry = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
  await ended
  clearTimeout(hurry)
}

export function hasEnded(child: ChildProcess) {
  return child.exitCode !== null || child.signalCode !== null
}

/** A process that is meant to be there always: one that falls is started again, ever more slowly. */
export class Service {
  child: ChildProcess
  readonly name: string
  #start: () => ChildProcess
  #wanted = true
  #falls = 0

  constructor(name: string, start: () => ChildProcess) {
    this.name = name
    this.#start = start
    this.child = this.#launch()
  }

  /** One that waits to be started again is not. */
  async stop() {
    this.#wanted = false
    await stopChild(this.child)
  }

  #launch() {
    const startedAt = Date.now()
    const child = this.#start()
    child.once('error', (error) => console.error(`The ${this.name} could not be run:`, error))
    child.once('exit', (code, signal) => void this.#fallen(startedAt, signal ?? `code ${code}`))
    return child
  }

  async #fallen(startedAt: number, how: string) {
    if (!this.#wanted) {
      return
    }
    this.#falls = Date.now() - startedAt > STEADY_MS ? 0 : this.#falls + 1
    const wait = Math.min(FIRST_PAUSE_MS * 2 ** this.#falls, LONGEST_PAUSE_MS)
    console.error(`The ${this.name} ended with ${how}; it is started again in ${wait / 1000} s.`)
    await pause(wait)
    if (this.#wanted) {
      this.child = this.#launch()
    }
  }
}
