/**
 * `npm test`: checks types and mistakes, then runs the tests on a PostgreSQL of their own, made for
 * this run and gone after it. Arguments go on to the runner and narrow the run to what they name:
 * `npm test -- core`, `npm test -- --files=tests/users/merge.spec.ts`.
 */
import { join } from 'node:path'
import { once } from 'node:events'
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { openCluster, removeCluster } from './postgres.ts'
import { freePort } from './launcher/ports.ts'
import { inState, root } from './launcher/state.ts'
import { alive } from './launcher/processes.ts'
import { tell } from './launcher/refusal.ts'
import { run, stopChild } from './launcher/service.ts'

interface Tally {
  passed: number
  failed: number
  skipped: number
}

const words = process.argv.slice(2)
const home = inState(`pg-test-${process.pid}`)
const owner = join(home, 'owner')

let current: ReturnType<typeof run> | undefined
let interrupted = false
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    interrupted = true
    if (current) void stopChild(current)
  })
}

await sweep()
const failedChecks = words.length ? 0 : checks()
const outcome = await testsOnOwnDatabase()
report(outcome, failedChecks)

/** What runs that were killed left behind. */
async function sweep() {
  for (const name of readdirSync(inState())) {
    const pid = Number(/^pg-test-(\d+)$/.exec(name)?.[1])
    if (pid && !alive(pid)) await removeCluster(inState(name))
  }
}

function checks() {
  const results = [
    check('types', `@typescript/typescript-linux-${process.arch}/lib/tsc`, ['--noEmit']),
    check('mistakes', '.bin/eslint', ['.']),
  ]
  return results.filter((passed) => !passed).length
}

function check(what: string, program: string, options: string[]) {
  const startedAt = Date.now()
  const { status } = spawnSync(join(root, 'node_modules', program), options, {
    cwd: root,
    stdio: 'inherit',
  })
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1)
  console.log(`Checked for ${what} in ${seconds} s: ${status === 0 ? 'fine' : 'FAILED'}`)
  return status === 0
}

async function testsOnOwnDatabase() {
  mkdirSync(home, { recursive: true })
  writeFileSync(owner, String(process.pid))
  try {
    const cluster = await openCluster({ home, ownerFile: owner, throwaway: true })
    const environment = await environmentOf(cluster.url)
    const prepared = await result('ace.js', ['up'], environment)
    const tested = prepared.code === 0 ? await result('bin/test.ts', words, environment) : prepared
    await cluster.stop()
    return tested
  } catch (error) {
    tell(error)
    return { code: 1, tally: undefined }
  } finally {
    await removeCluster(home)
  }
}

async function environmentOf(url: string) {
  const port = await freePort()
  return {
    ...(process.env as Record<string, string>),
    NODE_ENV: 'test',
    TZ: 'UTC',
    HOST: '127.0.0.1',
    PORT: String(port),
    APP_URL: `http://127.0.0.1:${port}`,
    APP_KEY: 'a-key-that-protects-nothing-but-tests',
    DATABASE_URL: url,
    SESSION_DRIVER: 'memory',
    CAPTURE_SMTP_PORT: String(await freePort()),
    OUTBOUND_ADDRESSES: '127.0.0.9',
    DEMO: 'off',
  }
}

async function result(script: string, args: string[], environment: Record<string, string>) {
  if (interrupted) return { code: 1, tally: undefined }

  current = run(script, args, environment)
  let counts: Tally | undefined
  current.on('message', (message) => (counts = message as Tally))
  const [code] = await once(current, 'exit')
  return { code: code as number | null, tally: counts }
}

/** A run without tests, or one that broke off, has proved nothing. */
function report({ code, tally }: Awaited<ReturnType<typeof testsOnOwnDatabase>>, failed: number) {
  const counts = tally ?? { passed: 0, failed: 1, skipped: 0 }
  const proved = counts.passed > 0 || counts.skipped > 0
  if (failed) console.log(`${failed} of the checks before the tests failed; see the beginning.`)
  if (!tally) console.log(interrupted ? 'The run was interrupted.' : 'The run broke off.')
  else if (!proved) console.log('No test was run.')

  const all = { ...counts, failed: counts.failed + failed }
  console.log(`${all.passed} passed, ${all.failed} failed, ${all.skipped} skipped`)
  process.exitCode = code === 0 && proved && all.failed === 0 ? 0 : 1
}
