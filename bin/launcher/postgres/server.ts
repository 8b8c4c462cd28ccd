import { join } from 'node:path'
import { spawn } from 'node:child_process'
import { existsSync, openSync, readFileSync, rmSync } from 'node:fs'
import { freePort } from '../ports.ts'
import { Refusal } from '../refusal.ts'
import { alive, commandOf, end, gone } from '../processes.ts'
import { answers } from './superuser.ts'
import { conditions, type Passwords } from './initialise.ts'
import { memorySettings } from './memory_settings.ts'
import { type Place } from './place.ts'

export interface Server {
  pid: number
  port: number
}

const usualSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  timezone: 'UTC',
  jit: 'off',
  /** A page is found sooner than workers start: 2 ms against 30, where the planner took the one for as dear as the other. */
  parallel_setup_cost: '4000',
  max_connections: '60',
  /** /dev/shm is often small in a container. */
  dynamic_shared_memory_type: 'mmap',
}

/** For data that nobody will miss: tests wait for no disk. */
const throwawaySettings = { shared_buffers: '128MB', fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }

export interface StartOptions {
  preferredPort: number
  throwaway: boolean
  settings?: Record<string, string>
}

/** The server of a supervisor that was killed goes on serving; it is taken over, not fought. */
export async function runningServer(place: Place, passwords: Passwords) {
  const pid = pidOfServer(place)
  if (!pid) {
    rmSync(join(place.data, 'postmaster.pid'), { force: true })
    return undefined
  }

  const port = Number(linesOfPidFile(place)[3])
  if (port && (await answers(port, passwords, () => alive(pid)))) return { pid, port }
  await gone(pid, 30_000)
  return undefined
}

/** By the words it was started with: a pid alone may long belong to somebody else. */
export function pidOfServer(place: Place) {
  const pid = Number(linesOfPidFile(place)[0])
  return pid && alive(pid) && commandOf(pid).includes(place.data) ? pid : undefined
}

function linesOfPidFile({ data }: Place) {
  const file = join(data, 'postmaster.pid')
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
}

export async function startServer(
  place: Place,
  passwords: Passwords,
  { preferredPort, throwaway, settings }: StartOptions
): Promise<Server> {
  const port = await freePort(preferredPort)
  const log = logOf(place)
  /** Half of the machine is left to the product itself. */
  const usual = { ...usualSettings, ...(throwaway ? throwawaySettings : memorySettings(0.5)) }
  const server = spawn(
    join(place.programs, 'bin', 'postgres'),
    ['-D', place.data, ...words({ ...usual, ...settings, port })],
    /** Its own process group: Ctrl-C is for the supervisor, which stops it last. */
    { ...conditions(place), detached: true, stdio: ['ignore', log.descriptor, log.descriptor] }
  )
  server.unref()

  let failure: Error | undefined
  server.once('error', (error) => (failure = error))
  const running = () => server.exitCode === null && server.signalCode === null && !failure
  if (server.pid && (await answers(port, passwords, running))) return { pid: server.pid, port }

  if (server.pid) await stopServer(server.pid)
  throw new Refusal(`PostgreSQL did not start: ${failure ?? ''}\n${log.tail()}`)
}

/** Clients are sent away and all is written; what takes too long is left to recovery. */
export function stopServer(pid: number) {
  return end(pid, [
    ['SIGINT', 40_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ])
}

function words(values: Record<string, string | number>) {
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

function logOf({ home }: Place) {
  const file = join(home, 'postgres.log')
  return {
    descriptor: openSync(file, 'a', 0o600),
    tail: () => readFileSync(file, 'utf8').split('\n').slice(-20).join('\n'),
  }
}
