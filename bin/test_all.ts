/**
 * `npm test`: checks types and mistakes, then runs the suites in lanes side by side, each on a
 * PostgreSQL of its own, made for this run and gone after it. Arguments go on to the runner and narrow
 * the run to what they name, in one lane: `npm test -- core`, `npm test -- --files=tests/users/merge.spec.ts`.
 */
import { join } from 'node:path'
import { once } from 'node:events'
import { type ChildProcess, spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
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

interface Outcome {
  code: number | null
  tally?: Tally
}

/** Suites that run one after another; the lanes run at once and take about as long as each other. */
const lanes = [
  ['core', 'sections'],
  ['browser', 'kill'],
]

const words = process.argv.slice(2)
const running = new Set<ChildProcess>()
let interrupted = false
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    interrupted = true
    for (const child of running) void stopChild(child)
  })
}

await sweep()
const failedChecks = words.length ? 0 : checks()
const outcomes = words.length
  ? [await testsOnOwnDatabase('one', words)]
  : await Promise.all(lanes.map((suites) => testsOnOwnDatabase(suites[0], suites)))
report(outcomes, failedChecks)

/** What runs that were killed left behind. */
async function sweep() {
  for (const name of readdirSync(inState())) {
    const pid = Number(/^pg-test-(\d+)/.exec(name)?.[1])
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

async function testsOnOwnDatabase(lane: string, args: string[]): Promise<Outcome> {
  const home = inState(`pg-test-${process.pid}-${lane}`)
  const owner = join(home, 'owner')
  mkdirSync(home, { recursive: true })
  writeFileSync(owner, String(process.pid))
  try {
    const cluster = await openCluster({ home, ownerFile: owner, throwaway: true })
    const environment = await environmentOf(cluster.url)
    const prepared = await result('ace.js', ['up'], environment)
    const tested = prepared.code === 0 ? await result('bin/test.ts', args, environment) : prepared
    await cluster.stop()
    return tested
  } catch (error) {
    tell(error)
    return { code: 1 }
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
    API_CALLS_AT_THE_DOOR: '1000000',
    API_CALLS_PER_SOURCE: '1000000',
    API_CALLS_PER_ADDRESS: '1000000',
    API_CALLS_PER_CUSTOMER: '1000000',
    CAPTURE_SMTP_PORT: String(await freePort()),
    OUTBOUND_ADDRESSES: '127.0.0.9',
    DEMO: 'off',
    DEMO_SHOP: 'on',
  }
}

async function result(script: string, args: string[], environment: Record<string, string>) {
  if (interrupted) return { code: 1 }

  const child = run(script, args, environment, words.length ? 'inherit' : 'pipe')
  running.add(child)
  let tally: Tally | undefined
  child.on('message', (message) => (tally = message as Tally))
  for (const stream of [child.stdout, child.stderr]) if (stream) inWholeLines(stream)
  const [code] = await once(child, 'close')
  running.delete(child)
  return { code: code as number | null, tally }
}

/** Lanes write at the same time, but never into a line of each other. */
function inWholeLines(stream: NodeJS.ReadableStream) {
  createInterface({ input: stream }).on('line', (line) => console.log(line))
}

/** A lane without tests, or one that broke off, has proved nothing. */
function report(lanesDone: Outcome[], broken: number) {
  if (broken) console.log(`${broken} of the checks before the tests failed; see the beginning.`)
  const all = { passed: 0, failed: broken, skipped: 0 }
  let proved = true
  for (const { code, tally } of lanesDone) {
    const tested = tally !== undefined && tally.passed + tally.skipped > 0
    if (!tally) console.log(interrupted ? 'The run was interrupted.' : 'The run broke off.')
    else if (!tested) console.log('No test was run.')

    proved &&= code === 0 && tested
    all.passed += tally?.passed ?? 0
    all.failed += tally?.failed ?? 1
    all.skipped += tally?.skipped ?? 0
  }
  console.log(`${all.passed} passed, ${all.failed} failed, ${all.skipped} skipped`)
  process.exitCode = proved && all.failed === 0 ? 0 : 1
}
