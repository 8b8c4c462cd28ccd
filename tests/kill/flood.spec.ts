import { type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { test } from '@japa/runner'
import { execute, sql } from '#core/database'
import { freePort } from '../../bin/launcher/ports.js'
import { run as launch } from '../../bin/launcher/service.js'

const MB = 1024 * 1024
const MOST_GROWTH = 100 * MB
/** A refusal comes at once, whatever is still on its way. */
const REFUSED_WITHIN = 2000
/** Others hardly notice. The machine is shared, and the load comes from it as well. */
const SERVED_WITHIN = 2000

const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)

/** A server of its own, since what its process holds is measured. */
test.group('Too much and too long', (group) => {
  let server: ChildProcess
  let port: number

  group.setup(async () => {
    await execute(sql`update sources set front_end = true where code = 'site'`)
    port = await freePort()
    server = launch('bin/server.ts', [], { ...(process.env as Record<string, string>), PORT: String(port), APP_URL: `http://127.0.0.1:${port}` })
    while (!(await answered().catch(() => false))) await pause(100)
    for (let n = 0; n < 200; n++) await answered()
    return async () => {
      server.kill('SIGTERM')
      await execute(sql`update sources set front_end = false where code = 'site'`)
    }
  })

  const answered = async () => (await fetch(`http://127.0.0.1:${port}/api/v1/site/source/info`, { method: 'POST' })).ok
  const memory = () => Number(readFileSync(`/proc/${server.pid}/statm`, 'utf8').split(' ')[1]) * 4096

  /** The most that the server held meanwhile, and the slowest of the others' calls. */
  async function meanwhile(work: () => Promise<void>) {
    const [before, times] = [memory(), [] as number[]]
    let [peak, over] = [before, false]
    const others = (async () => {
      while (!over) {
        const startedAt = performance.now()
        if (!(await answered())) throw new Error('Others are not served')
        times.push(performance.now() - startedAt)
        peak = Math.max(peak, memory())
        await pause(10)
      }
    })()
    await work().finally(() => (over = true))
    await others
    return { growth: peak - before, served: times.length, slowest: times.sort((one, other) => one - other)[Math.floor(times.length * 0.95)] }
  }

  /** Written by hand: a client of HTTP would not go on reading an answer that comes before its question is through. */
  function post(headers: string, body: Iterable<string | Buffer>): Promise<{ status: number; milliseconds: number }> {
    const startedAt = performance.now()
    return new Promise((resolve) => {
      const socket = opened(port)
      socket.once('data', (said) => {
        resolve({ status: Number(/^HTTP\/1.1 (\d+)/.exec(String(said))?.[1]), milliseconds: performance.now() - startedAt })
        socket.destroy()
      })
      socket.write(`POST /api/v1/site/source/info HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${headers}\r\n\r\n`)
      void sendAll(socket, body)
    })
  }

  test('A-04 what is deep, large or packed is refused within two seconds, holds little memory and holds nobody up', async ({ assert }) => {
    const large = Buffer.alloc(50 * MB, 'x')
    const bomb = gzipSync(Buffer.from(`{"a":"${'x'.repeat(100 * MB)}"}`))
    const nested = `{"a":${deep(10_000)}}`
    const sized = (body: Buffer | string, more = '') => `Content-Length: ${body.length}${more}`
    const calls: [what: string, wanted: number, call: () => ReturnType<typeof post>][] = [
      ['JSON 10,000 deep', 400, () => post(sized(nested), [nested])],
      ['50 MB', 413, () => post(sized(large), pieces(large))],
      ['50 MB of an unknown size', 413, () => post('Transfer-Encoding: chunked', chunked(large))],
      ['a bomb of gzip', 413, () => post(sized(bomb, '\r\nContent-Encoding: gzip'), [bomb])],
      ['headers of 64 KB', 431, () => post(`X-Long: ${'x'.repeat(64 * 1024)}`, [])],
    ]
    const { growth, slowest } = await meanwhile(async () => {
      for (const [what, wanted, call] of calls) {
        for (const { status, milliseconds } of await Promise.all(Array.from({ length: 5 }, call))) {
          assert.equal(status, wanted, what)
          assert.isBelow(milliseconds, REFUSED_WITHIN, what)
        }
      }
    })
    assert.isBelow(growth, MOST_GROWTH)
    assert.isBelow(slowest, SERVED_WITHIN)
  }).timeout(60_000)

  test('A-04 five thousand sockets that say nothing, or a sign at a time, hold little memory, hold nobody up and are cut off', async ({ assert }) => {
    const count = Math.min(5000, openFiles() - 500)
    const sockets: Socket[] = []
    let [met, closed] = [0, 0]
    const { growth, served, slowest } = await meanwhile(async () => {
      for (let n = 0; n < count; n++) {
        sockets.push(opened(port).once('connect', () => met++).once('close', () => closed++).resume())
        if (n % 100 === 0) await pause(5)
      }
      const slow = sockets.filter((_, n) => n % 10 === 0)
      for (let signs = 0; closed < count && signs < 200; signs++) {
        for (const socket of slow) if (socket.writable) socket.write('X')
        await pause(100)
      }
    })
    sockets.forEach((socket) => socket.destroy())
    console.log(`${count} sockets, ${Math.round(growth / MB)} MB more, ${served} calls of others, 95 of 100 within ${Math.round(slowest)} ms`)
    assert.equal(count, 5000, 'the machine lets a process have so many files open')
    assert.deepEqual([met, closed], [count, count], 'all are let in, and none is held for good')
    assert.isBelow(growth, MOST_GROWTH)
    assert.isBelow(slowest, SERVED_WITHIN)
  }).timeout(60_000)

  test('A-04 a head or a body that comes a sign at a time is answered 408, a file on a slow line is taken', async ({ assert }) => {
    const start = 'POST /api/v1/site/source/info HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n'
    const body = `{${' '.repeat(12_000)}}`
    const sized = `${start}Content-Length: ${body.length}\r\n\r\n`
    const [head, drops, silent, file] = await Promise.all([
      saidSlowly(start, Array(60).fill('X'), 250),
      saidSlowly(sized, Array(60).fill(' '), 250),
      saidSlowly(sized, [], 0),
      saidSlowly(sized, body.match(/.{1,500}/gs)!, 500),
    ])
    assert.deepEqual([head, drops, silent, file].map(({ status }) => status), [408, 408, 408, 200])
    for (const { milliseconds } of [head, drops, silent]) assert.isBelow(milliseconds, 15_000)
    assert.isAbove(file.milliseconds, 12_000, 'slower than anybody else may be silent')
  }).timeout(60_000)

  /** The answer to what is sent in these parts, with such pauses between. */
  async function saidSlowly(start: string, signs: string[], between: number): Promise<{ status: number; milliseconds: number }> {
    const startedAt = performance.now()
    const socket = opened(port)
    const answer = new Promise<string>((resolve) => socket.once('data', (text) => resolve(String(text))).once('close', () => resolve('')))
    socket.write(start)
    for (const sign of signs) {
      if (!socket.writable) break
      socket.write(sign)
      await pause(between)
    }
    const status = Number(/^HTTP\/1.1 (\d+)/.exec(await answer)?.[1])
    socket.destroy()
    return { status, milliseconds: performance.now() - startedAt }
  }
})

function opened(port: number): Socket {
  return connect(port, '127.0.0.1').on('error', () => {})
}

async function sendAll(socket: Socket, body: Iterable<string | Buffer>) {
  for (const piece of body) {
    if (socket.destroyed) return
    if (!socket.write(piece)) await new Promise((resume) => socket.once('drain', resume).once('close', resume))
  }
}

function* pieces(whole: Buffer) {
  for (let at = 0; at < whole.length; at += 64 * 1024) yield whole.subarray(at, at + 64 * 1024)
}

function* chunked(whole: Buffer) {
  for (const piece of pieces(whole)) yield Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n')])
}

/** So many may this process have open, and the server that it starts. */
const openFiles = () => Number(/Max open files\s+\d+\s+(\d+)/.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1] ?? 1024)
