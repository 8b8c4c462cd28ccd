/**
 * `npm run bench`: loads customers by the million into a PostgreSQL of its own and measures the hot paths of the product beside
 * their bare baselines, both in the same run: `npm run bench -- --users 50000 --only section,segment`.
 */
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openCluster, removeCluster } from './postgres.ts'
import { memorySettings } from './launcher/postgres/memory_settings.ts'
import { freePort } from './launcher/ports.ts'
import { Refusal, tell } from './launcher/refusal.ts'
import { run, stopChild } from './launcher/service.ts'
import { inState } from './launcher/state.ts'

const { values: options } = parseArgs({
  options: {
    users: { type: 'string', default: '1000000' },
    only: { type: 'string', default: '' },
  },
})

const home = inState('pg-bench')
const owner = join(home, 'owner')
let current: ReturnType<typeof run> | undefined
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    process.exitCode = 130
    if (current) void stopChild(current)
  })
}

try {
  await bench()
} catch (error) {
  tell(error)
  process.exitCode = 1
}

async function bench() {
  const users = Number(options.users)
  if (!Number.isInteger(users) || users < 1_000) {
    throw new Refusal(`--users is "${options.users}", but must be a whole number from 1000.`)
  }
  await removeCluster(home)
  mkdirSync(home, { recursive: true })
  writeFileSync(owner, String(process.pid))
  const cluster = await openCluster({ home, ownerFile: owner, settings: { ...memorySettings(1), max_wal_size: '16GB' } })
  try {
    const environment = await environmentOf(cluster.url)
    process.exitCode = (await result('ace.js', ['up'], environment)) || (await measure(users, environment))
  } finally {
    await cluster.stop()
    await removeCluster(home)
  }
}

async function environmentOf(url: string) {
  const port = await freePort()
  return {
    ...(process.env as Record<string, string>),
    NODE_ENV: 'production',
    LOG_LEVEL: 'error',
    TZ: 'UTC',
    HOST: '127.0.0.1',
    PORT: String(port),
    APP_URL: `http://127.0.0.1:${port}`,
    APP_KEY: 'a-key-that-protects-nothing-but-benches',
    DATABASE_URL: url,
    CAPTURE_SMTP_PORT: String(await freePort()),
    DEMO: 'off',
  }
}

function measure(users: number, environment: Record<string, string>) {
  return result('tests/bench/run.ts', [String(users), options.only], environment)
}

async function result(script: string, words: string[], environment: Record<string, string>) {
  if (process.exitCode) return process.exitCode as number
  current = run(script, words, environment)
  const [code] = await once(current, 'exit')
  return (code as number | null) ?? 1
}
