import { join } from 'node:path'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { freePort } from './ports.ts'
import { Refusal } from './refusal.ts'
import { supervisorIsAlive } from './lock.ts'
import { inState, keptSecret, root, writePrivately } from './state.ts'

type Environment = Record<string, string>

const USUAL_PORT = 3333
const USUAL_SMTP_PORT = 2525
const everywhere = ['0.0.0.0', '::', '127.0.0.1', '::1']

/** What the running product was started with, so that the command line meets the same database. */
const runningFile = inState('environment.json')

/** A `.env` beside package.json counts as the environment; what is really set counts more. */
export function readDotEnv() {
  const file = join(root, '.env')
  if (existsSync(file)) {
    process.loadEnvFile(file)
  }
}

/** Whether the database is ours to start: nobody has named another one. */
export function bringsDatabase() {
  return !process.env.DATABASE_URL && !process.env.DB_HOST
}

/** Everything the application wants to know; a person sets only what should differ. */
export async function completeEnvironment(): Promise<Environment> {
  const host = process.env.HOST || '127.0.0.1'
  const port = portFrom(process.env.PORT)
  return {
    ...(process.env as Environment),
    NODE_ENV: process.env.NODE_ENV || 'production',
    TZ: process.env.TZ || 'UTC',
    HOST: host,
    PORT: String(port),
    APP_URL: process.env.APP_URL || addressFor(host, port),
    APP_KEY: applicationKey(),
    CAPTURE_SMTP_PORT: await smtpPort(),
    DEMO_SHOP: process.env.DEMO_SHOP || (bringsDatabase() && process.env.DEMO !== 'off' ? 'on' : 'off'),
  }
}

/** The address to show to a person: a wildcard is where one listens, not where one goes. */
function addressFor(host: string, port: number) {
  const name = everywhere.includes(host) ? 'localhost' : host
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`
}

function portFrom(text = '') {
  const port = text === '' ? USUAL_PORT : Number(text)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Refusal(`PORT is "${text}", which is no port: it must be a number from 1 to 65535.`)
  }
  return port
}

function applicationKey() {
  return process.env.APP_KEY || keptSecret(inState('app_key'))
}

async function smtpPort() {
  return process.env.CAPTURE_SMTP_PORT || String(await freePort(USUAL_SMTP_PORT))
}

export function publishEnvironment(environment: Environment) {
  const names = ['NODE_ENV', 'TZ', 'HOST', 'PORT', 'APP_URL', 'DATABASE_URL', 'CAPTURE_SMTP_PORT']
  const shared = names.filter((name) => environment[name]).map((name) => [name, environment[name]])
  writePrivately(runningFile, JSON.stringify(Object.fromEntries(shared)))
}

export function withdrawEnvironment() {
  rmSync(runningFile, { force: true })
}

/**
 * For a command typed in a shell: takes over the environment of the running product, or at least
 * what an application needs to start at all. What the shell has set stays.
 */
export async function joinRunningProduct() {
  readDotEnv()
  const running =
    existsSync(runningFile) && supervisorIsAlive()
      ? (JSON.parse(readFileSync(runningFile, 'utf8')) as Environment)
      : {}
  const complete: Environment = { ...running, ...(process.env as Environment) }
  Object.assign(process.env, complete)
  Object.assign(process.env, await completeEnvironment())
  return { hasDatabase: !bringsDatabase() }
}
