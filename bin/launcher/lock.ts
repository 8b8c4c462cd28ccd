import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { Refusal } from './refusal.ts'
import { inState, root } from './state.ts'
import { alive, commandOf, directoryOf } from './processes.ts'

/** Names the supervisor in charge; the watchdog of the database reads it too. */
export const lockFile = inState('start.pid')

/**
 * One supervisor per installation: a second one would adopt the database of the first and stop it
 * with itself. Tells whether a former one left without giving the lock back, that is, was killed.
 */
export function lock() {
  const holder = holderOfLock()
  if (holder && isSupervisor(holder)) {
    throw new Refusal(`Tessera already runs from this folder, as process ${holder}. Stop it first.`)
  }
  if (holder !== undefined) {
    rmSync(lockFile, { force: true })
  }
  writeFileSync(lockFile, String(process.pid), { flag: 'wx' })
  return { formerWasKilled: holder !== undefined }
}

export function unlock() {
  if (holderOfLock() === process.pid) {
    rmSync(lockFile, { force: true })
  }
}

export function supervisorIsAlive() {
  const holder = holderOfLock()
  return holder !== undefined && isSupervisor(holder)
}

function holderOfLock() {
  try {
    return Number(readFileSync(lockFile, 'utf8'))
  } catch {
    return undefined
  }
}

/** Pids come again, so the words and the folder of the process must fit as well. */
function isSupervisor(pid: number) {
  const folder = directoryOf(pid)
  return (
    alive(pid) &&
    commandOf(pid).some((word) => word.endsWith('bin/start.ts')) &&
    (folder === undefined || `${folder}/` === root)
  )
}
