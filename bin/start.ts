/**
 * `npm start`: brings up the database, its tables, the web server and the worker, and takes them
 * down again in the opposite order.
 */
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { claimPort } from './launcher/ports.ts'
import { keepCluster } from './launcher/kept_cluster.ts'
import { inState, keptSecret } from './launcher/state.ts'
import { Refusal, tell } from './launcher/refusal.ts'
import { lock, lockFile, unlock } from './launcher/lock.ts'
import { untilOwnDatabaseAnswers } from './launcher/own_database.ts'
import { hasEnded, run, Service, stopChild } from './launcher/service.ts'
import {
  bringsDatabase,
  completeEnvironment,
  publishEnvironment,
  readDotEnv,
  withdrawEnvironment,
} from './launcher/environment.ts'

type Environment = Record<string, string>

interface SignIn {
  emails: string[]
  password: string
}

/** Thrown through the start when somebody asked to stop meanwhile. */
class Interrupted extends Error {}

/** What is up, in the order it came up; taken down from the end. */
const standing: (() => unknown)[] = []
let stopping = false
/** Known when the demo company is in, with the password it came with. */
let signIn: SignIn | undefined

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => void stop(0))
}
/** Whoever read our words may be gone before us. */
process.stdout.on('error', () => {})
process.stderr.on('error', () => {})

const started = start().catch((error: unknown) => {
  if (!(error instanceof Interrupted)) {
    tell(error)
    void stop(1)
  }
})

async function start() {
  readDotEnv()
  const environment = await claimPlace()
  await openDatabase(environment)
  await prepare(environment)
  await serve(environment)
}

async function claimPlace() {
  const { formerWasKilled } = lock()
  up(unlock)
  const environment = await completeEnvironment()
  await claimPort(environment.HOST, Number(environment.PORT), formerWasKilled ? 20_000 : 0)
  return environment
}

async function openDatabase(environment: Environment) {
  if (!bringsDatabase()) return untilOwnDatabaseAnswers(process.env.DATABASE_URL)

  const cluster = await keepCluster({ home: inState('postgres'), ownerFile: lockFile })
  up(() => cluster.stop())
  environment.DATABASE_URL = cluster.url
}

/** Tables, queues and, the first time, the demo company. */
async function prepare(environment: Environment) {
  const preparation = run('ace.js', ['up'], {
    ...environment,
    DEMO_PASSWORD: process.env.DEMO_PASSWORD || keptSecret(inState('demo_password'), 9),
  })
  preparation.on('message', (news) => (signIn = (news as { signIn: SignIn }).signIn))
  up(() => stopChild(preparation))
  const [code] = await once(preparation, 'exit')
  if (stopping) {
    throw new Interrupted()
  }
  if (code !== 0) {
    throw new Refusal('The database could not be prepared; the reason stands above.')
  }
}

async function serve(environment: Environment) {
  publishEnvironment(environment)
  up(withdrawEnvironment)

  const web = new Service('web server', () => run('bin/server.ts', [], environment))
  const worker = new Service('worker', () => run('ace.js', ['work'], environment))
  up(() => Promise.all([web.stop(), worker.stop()]))

  await untilItAnswers(web, environment)
  greet(environment)
}

function greet({ APP_URL, HOST }: Environment) {
  const lines = [`Tessera is up: ${APP_URL}`]
  if (signIn) lines.push(`Demo sign-in: ${signIn.emails.join(', ')}; password ${signIn.password}`)
  if (signIn && !isLoopback(HOST)) {
    lines.push('Other machines reach this address: change that password, or start with DEMO=off.')
  }
  console.log(['', ...lines, 'Ctrl-C stops it.', ''].map((line) => `  ${line}`).join('\n'))
}

function isLoopback(host: string) {
  return host === 'localhost' || host === '::1' || host.startsWith('127.')
}

async function untilItAnswers(web: Service, { HOST, PORT }: Environment) {
  const host = HOST === '0.0.0.0' ? '127.0.0.1' : HOST === '::' ? '[::1]' : HOST
  while (!(await answers(`http://${host}:${PORT}/health/live`))) {
    if (stopping) {
      throw new Interrupted()
    }
    if (hasEnded(web.child)) {
      throw new Refusal('The web server could not be started; the reason stands above.')
    }
    await pause(100)
  }
}

async function answers(url: string) {
  const response = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined)
  return response?.ok ?? false
}

function up(down: () => unknown) {
  standing.push(down)
  if (stopping) {
    throw new Interrupted()
  }
}

/** Everything that stands, the last first. A start that is under way ends at its next step. */
async function stop(code: number) {
  if (stopping) {
    return
  }
  stopping = true
  await takeDown()
  await started
  await takeDown()
  process.exit(code)
}

async function takeDown() {
  for (let down = standing.pop(); down; down = standing.pop()) {
    await down()
  }
}
