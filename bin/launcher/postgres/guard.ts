import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type Place } from './place.ts'

const script = fileURLToPath(new URL('./watchdog.sh', import.meta.url))

/**
 * Sets a watchdog on the database, which ends it when its owner is killed. It outlives us by
 * design, and knows of our end by the pipe between us.
 */
export function guard(pid: number, { data }: Place, ownerFile: string, patienceSeconds: number) {
  const watchdog = spawn(
    '/bin/sh',
    [script, String(pid), data, ownerFile, String(process.pid), String(patienceSeconds)],
    { cwd: '/', detached: true, stdio: ['pipe', 'ignore', 'ignore'] }
  )
  watchdog.unref()
  watchdog.stdin.on('error', () => {})
  ;(watchdog.stdin as unknown as { unref(): void }).unref()
  return { dismiss: () => watchdog.stdin.end('stopped\n') }
}
