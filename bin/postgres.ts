import pg from 'pg'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { randomBytes } from 'node:crypto'
import { spawn, spawnSync } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import {
  chownSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { freePort } from './launcher/ports.ts'
import { Refusal } from './launcher/refusal.ts'
import { writePrivately } from './launcher/state.ts'
import { type Place, placeFor } from './launcher/place.ts'
import { alive, commandOf, end, gone } from './launcher/processes.ts'

/** The release whose files these programs read; another one's are not touched. */
const MAJOR_VERSION = '18'
const USUAL_PORT = 54329
const DATABASE = 'tessera'

/**
 * The same on every machine, whatever LANG says. Not `--locale=C`: pg_trgm would see no letters in
 * Cyrillic. Columns shown to people carry their own collation.
 */
const initOptions = [
  '--encoding=UTF8',
  '--locale=C.UTF-8',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--auth=scram-sha-256',
  '--username=postgres',
]

const serverOptions = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  timezone: 'UTC',
  jit: 'off',
  shared_buffers: '128MB',
  max_connections: '60',
  /** /dev/shm is often small in a container. */
  dynamic_shared_memory_type: 'mmap',
}

/** For data that nobody will miss: tests wait for no disk. */
const throwawayOptions = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }

export interface ClusterOptions {
  /** The folder that holds the data, the log and the passwords. */
  home: string
  /** The file that names, by pid, who answers for this cluster. */
  ownerFile: string
  /** For tests: fast, and gone with its owner. */
  throwaway?: boolean
  /** Where it should listen, if it can. */
  port?: number
  /** Of the server, beyond its usual ones. */
  settings?: Record<string, string>
}

export interface Cluster {
  /** Where the application connects, as an owner of its database who is no superuser. */
  url: string
  pid: number
  port: number
  stop(): Promise<void>
}

interface Secrets {
  superuser: string
  application: string
}

/** Opens the cluster in a folder, made when it is new and adopted when it runs already. */
export async function openCluster(options: ClusterOptions): Promise<Cluster> {
  const place = placeFor(options.home)
  mkdirSync(place.home, { recursive: true, mode: 0o755 })
  if (!existsSync(place.data)) {
    initialise(place, options)
  }
  refuseOtherVersion(place)

  const secrets = secretsOf(place)
  const running = await runningServer(place, secrets)
  const { pid, port } = running ?? (await startServer(place, secrets, options))
  const watchdog = guard(pid, place, options)
  await prepareDatabase(port, secrets)

  return {
    url: `postgres://${DATABASE}:${secrets.application}@127.0.0.1:${port}/${DATABASE}`,
    pid,
    port,
    async stop() {
      await end(pid, [
        ['SIGINT', 20_000],
        ['SIGQUIT', 5_000],
        ['SIGKILL', 5_000],
      ])
      watchdog.stdin.end('stopped\n')
    },
  }
}

/** Removes a throwaway cluster, running or not, wherever it had to be put. */
export async function removeCluster(home: string) {
  const place = placeFor(home)
  const pid = pidOfServer(place)
  if (pid) {
    await end(pid, [['SIGQUIT', 5_000]])
  }
  for (const folder of [place.home, home]) {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Made aside and renamed, so that a run that was broken off leaves no half cluster. */
function initialise(place: Place, { throwaway }: ClusterOptions) {
  const aside = `${place.data}.new`
  const passwordFile = join(place.home, 'password.new')
  const secrets: Secrets = { superuser: newPassword(), application: newPassword() }

  rmSync(aside, { recursive: true, force: true })
  mkdirSync(aside, { mode: 0o700 })
  writePrivately(passwordFile, secrets.superuser)
  handOver(aside, place)
  handOver(passwordFile, place)

  const program = join(place.programs, 'bin', 'initdb')
  const options = [...initOptions, `--pwfile=${passwordFile}`, ...(throwaway ? ['--no-sync'] : [])]
  const { status, stdout, stderr, error } = spawnSync(program, [...options, '-D', aside], {
    ...conditions(place),
    encoding: 'utf8',
  })
  rmSync(passwordFile, { force: true })
  if (status !== 0) {
    throw new Refusal(`PostgreSQL could not be set up:\n${error ?? `${stdout}${stderr}`}`)
  }
  writePrivately(secretsFile(place), JSON.stringify(secrets))
  renameSync(aside, place.data)
}

/** URL-safe, since it becomes a part of one. */
function newPassword() {
  return randomBytes(24).toString('base64url')
}

function handOver(path: string, { account }: Place) {
  if (account) {
    chownSync(path, account.uid, account.gid)
  }
}

/** Independent of who starts it from where: the working folder may be closed, LANG unset. */
function conditions({ account }: Place) {
  return { ...account, cwd: '/', env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', TZ: 'UTC' } }
}

function secretsFile({ home }: Place) {
  return join(home, 'passwords.json')
}

function secretsOf(place: Place): Secrets {
  return JSON.parse(readFileSync(secretsFile(place), 'utf8'))
}

function refuseOtherVersion({ data }: Place) {
  const version = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim()
  if (version !== MAJOR_VERSION) {
    throw new Refusal(
      `The data in ${data} belongs to PostgreSQL ${version}, this is PostgreSQL ${MAJOR_VERSION}. ` +
        'Export it with the former version of Tessera, or set DATABASE_URL.'
    )
  }
}

/** The server of a supervisor that was killed goes on serving; it is taken over, not fought. */
async function runningServer(place: Place, secrets: Secrets) {
  const pid = pidOfServer(place)
  if (!pid) {
    rmSync(join(place.data, 'postmaster.pid'), { force: true })
    return undefined
  }

  const port = Number(linesOfPidFile(place)[3])
  if (port && (await answers(port, secrets, () => alive(pid)))) {
    return { pid, port }
  }
  await gone(pid, 30_000)
  return undefined
}

/** By the words it was started with: a pid alone may long belong to somebody else. */
function pidOfServer(place: Place) {
  const pid = Number(linesOfPidFile(place)[0])
  return pid && alive(pid) && commandOf(pid).includes(place.data) ? pid : undefined
}

function linesOfPidFile({ data }: Place) {
  const file = join(data, 'postmaster.pid')
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
}

async function startServer(place: Place, secrets: Secrets, options: ClusterOptions) {
  const { throwaway } = options
  const port = await freePort(options.port ?? (throwaway ? undefined : USUAL_PORT))
  const settings = { ...serverOptions, ...(throwaway ? throwawayOptions : {}), ...options.settings, port }
  const log = logOf(place)
  const server = spawn(
    join(place.programs, 'bin', 'postgres'),
    [
      '-D',
      place.data,
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    /** Its own process group: Ctrl-C is for the supervisor, which stops it last. */
    { ...conditions(place), detached: true, stdio: ['ignore', log.descriptor, log.descriptor] }
  )
  server.unref()

  let failure: Error | undefined
  server.once('error', (error) => (failure = error))
  const pid = server.pid
  if (pid && (await answers(port, secrets, () => server.exitCode === null && !failure))) {
    return { pid, port }
  }
  throw new Refusal(`PostgreSQL did not start: ${failure ?? ''}\n${log.tail()}`)
}

function logOf({ home }: Place) {
  const file = join(home, 'postgres.log')
  return {
    descriptor: openSync(file, 'a', 0o600),
    tail: () => readFileSync(file, 'utf8').split('\n').slice(-20).join('\n'),
  }
}

/** Ready is when a client gets an answer, as long as there is somebody to answer. */
async function answers(port: number, secrets: Secrets, hopeful: () => boolean) {
  const deadline = Date.now() + 60_000
  while (hopeful() && Date.now() < deadline) {
    try {
      await asSuperuser(port, secrets, (client) => client.query('select 1'))
      return true
    } catch {
      await pause(50)
    }
  }
  return false
}

async function asSuperuser<Result>(
  port: number,
  { superuser }: Secrets,
  work: (client: pg.Client) => Promise<Result>
) {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password: superuser,
    database: 'postgres',
    connectionTimeoutMillis: 5_000,
  })
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** The application owns its database and may make others beside it, but is no superuser. */
async function prepareDatabase(port: number, secrets: Secrets) {
  await asSuperuser(port, secrets, async (client) => {
    if (await lacks(client, `select from pg_roles where rolname = '${DATABASE}'`)) {
      const password = client.escapeLiteral(secrets.application)
      await client.query(`create role ${DATABASE} login createdb createrole password ${password}`)
      await client.query(`grant pg_monitor, pg_signal_backend to ${DATABASE}`)
    }
    if (await lacks(client, `select from pg_database where datname = '${DATABASE}'`)) {
      await client.query(`create database ${DATABASE} owner ${DATABASE}`)
    }
  })
}

async function lacks(client: pg.Client, question: string) {
  const { rowCount } = await client.query(question)
  return rowCount === 0
}

/** Outlives its owner by design, and ends the database when the owner could not. */
function guard(pid: number, { data }: Place, { ownerFile, throwaway }: ClusterOptions) {
  const script = fileURLToPath(new URL('./launcher/watchdog.sh', import.meta.url))
  const patience = throwaway ? '3' : '13'
  const watchdog = spawn(
    '/bin/sh',
    [script, String(pid), data, ownerFile, String(process.pid), patience],
    { cwd: '/', detached: true, stdio: ['pipe', 'ignore', 'ignore'] }
  )
  watchdog.unref()
  watchdog.stdin.on('error', () => {})
  ;(watchdog.stdin as unknown as { unref(): void }).unref()
  return watchdog
}
