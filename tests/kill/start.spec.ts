import { test } from '@japa/runner'
import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { tmpdir } from 'node:os'
import { freePort } from '../../bin/launcher/ports.js'
import { placeFor } from '../../bin/launcher/postgres/place.js'
import { alive } from '../../bin/launcher/processes.js'
import { removeCluster } from '../../bin/postgres.js'

/** Everything a supervisor starts carries this word in its environment. */
const MARK = 'TESSERA_STATE'

test.group('npm start', (group) => {
  let state: string
  let port: number
  let supervisor: ChildProcess

  group.each.setup(async () => {
    state = await mkdtemp(join(tmpdir(), 'tessera-start-'))
    port = await freePort()
    return async () => {
      supervisor.kill('SIGTERM')
      await eventually(() => !supervisorLives(), 30)
      await removeCluster(join(state, 'postgres'))
      await rm(state, { recursive: true, force: true })
    }
  })

  const supervisorLives = () => supervisor.exitCode === null && supervisor.signalCode === null

  function start() {
    supervisor = spawn(process.execPath, ['bin/start.ts'], {
      env: environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    return supervisor
  }

  function environment() {
    return {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      PORT: String(port),
      DEMO: 'off',
      [MARK]: state,
    }
  }

  async function ready() {
    const answer = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => undefined)
    return answer?.ok ?? false
  }

  test('SIGTERM stops everything and gives the lock back', async ({ assert }) => {
    start()
    assert.isTrue(await eventually(ready, 60), 'it came up')

    supervisor.kill('SIGTERM')
    assert.isTrue(await eventually(() => !supervisorLives(), 30), 'the supervisor ended')
    assert.equal(supervisor.exitCode, 0)
    assert.isEmpty(await processesOf(state))
    assert.notInclude(await readdir(state), 'start.pid')
  })

  test('after SIGKILL of the supervisor nothing is left, and the data is', async ({ assert }) => {
    start()
    assert.isTrue(await eventually(ready, 60), 'it came up')

    supervisor.kill('SIGKILL')
    const isOver = async () => (await processesOf(state)).length === 0
    assert.isTrue(await eventually(isOver, 25), 'no process is left')

    start()
    assert.isTrue(await eventually(ready, 60), 'it came up again')
  })

  test('a killed web server, worker or database comes back', async ({ assert }) => {
    start()
    assert.isTrue(await eventually(ready, 60), 'it came up')
    await eventually(
      async () => (await commands(state)).some(([, words]) => /work$/.test(words)),
      20
    )

    for (const part of [/bin\/server\.ts/, /ace\.js work/, /\/bin\/postgres -D/]) {
      const [victim] = (await commands(state)).filter(([, words]) => part.test(words))
      assert.exists(victim, `${part} runs`)
      process.kill(victim[0], 'SIGKILL')
      assert.isTrue(await eventually(() => !alive(victim[0]), 5))
    }
    assert.isTrue(await eventually(ready, 60), 'it is ready again')
  })

  test('a second start says that the first one runs', async ({ assert }) => {
    start()
    assert.isTrue(await eventually(ready, 60), 'it came up')

    const second = spawn(process.execPath, ['bin/start.ts'], { env: environment() })
    const words = await text(second)
    assert.include(words, 'already runs')
    assert.equal(second.exitCode, 1)
    assert.isTrue(await ready())
  })

  test('a taken port is told in a sentence', async ({ assert }) => {
    const other = (await import('node:net')).createServer().listen(port, '127.0.0.1')
    const words = await text(start())
    other.close()
    assert.include(words, `Port ${port} on 127.0.0.1 is taken`)
    assert.equal(supervisor.exitCode, 1)
    assert.isEmpty(await processesOf(state))
  })
})

async function eventually(holds: () => boolean | Promise<boolean>, seconds: number) {
  const deadline = Date.now() + seconds * 1000
  while (!(await holds())) {
    if (Date.now() > deadline) return false
    await pause(100)
  }
  return true
}

async function text(child: ChildProcess) {
  let words = ''
  child.stdout!.on('data', (chunk) => (words += chunk))
  child.stderr!.on('data', (chunk) => (words += chunk))
  await new Promise((resolve) => child.once('close', resolve))
  return words
}

async function processesOf(state: string) {
  return (await commands(state)).map(([, words]) => words)
}

/** Those who work on this installation: by the folders in their words or by their environment. */
async function commands(state: string) {
  const folders = [state, placeFor(join(state, 'postgres')).data]
  const pids = (await readdir('/proc')).map(Number).filter((pid) => pid && pid !== process.pid)
  const found = await Promise.all(
    pids.map(async (pid): Promise<[number, string] | undefined> => {
      const words = (await procFile(pid, 'cmdline')).replaceAll('\0', ' ').trim()
      const ours =
        folders.some((folder) => words.includes(folder)) ||
        (await procFile(pid, 'environ')).includes(`${MARK}=${state}`)
      return ours && words && alive(pid) ? [pid, words] : undefined
    })
  )
  return found.filter((entry) => entry !== undefined)
}

function procFile(pid: number, name: string) {
  return readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '')
}
