import { readFileSync, readlinkSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'

/** Whether a process runs; one that has ended and waits to be collected does not. */
export function alive(pid: number) {
  const stat = readProc(pid, 'stat')
  return stat !== undefined && !/^\d+ \(.*\) [ZX] /s.test(stat)
}

/** The words a process was started with; empty when there is no such process. */
export function commandOf(pid: number) {
  return (readProc(pid, 'cmdline') ?? '').split('\0')
}

export function directoryOf(pid: number) {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return undefined
  }
}

/** False when the process is still there after the given time. */
export async function gone(pid: number, withinMs: number) {
  const deadline = Date.now() + withinMs
  while (alive(pid)) {
    if (Date.now() > deadline) {
      return false
    }
    await pause(50)
  }
  return true
}

/** Sends each signal in turn until the process has gone; waits as long as its line says. */
export async function end(pid: number, steps: [signal: NodeJS.Signals, waitMs: number][]) {
  for (const [signal, waitMs] of steps) {
    if (!alive(pid)) {
      return
    }
    send(pid, signal)
    if (await gone(pid, waitMs)) {
      return
    }
  }
}

/** A process may end between the look and the signal. */
export function send(pid: number, signal: NodeJS.Signals) {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') {
      throw error
    }
  }
}

function readProc(pid: number, file: string) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return undefined
  }
}
