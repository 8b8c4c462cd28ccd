import { type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { Readable } from 'node:stream'
import { text as readAll } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { test } from '@japa/runner'
import { execute, row, sql } from '#core/database'
import { read, store } from '#core/files'
import { applyJob, findImport, planImport } from '#core/imports'
import { prepareQueues, runState } from '#core/jobs'
import { objects } from '#core/objects'
import { run as launch } from '../../bin/launcher/service.js'
import { nobody, reader } from '../core/imports/imported.js'

const LINES = 50_000
/** Every row with such a number is wrong, and every row after those repeats the one before. */
const WRONG_EACH = 97
const TWIN_EACH = 89

test.group('An import whose worker is killed', (group) => {
  let worker: ChildProcess | undefined

  group.teardown(async () => {
    worker?.kill('SIGKILL')
    await execute(sql`delete from goods where code like 'r19-%'`)
    await execute(sql`delete from imports where name = 'r19.csv'`)
  })

  test('R-19 each row is applied once, and accepted and rejected make up the lines', async ({ assert }) => {
    const random = seeded(Number(process.env.SEED ?? Date.now() % 1_000_000))
    await prepareQueues()
    const fileId = await store(Readable.from([file()]), { name: 'r19.csv' })
    const importId = await planImport(objects.get('good'), fileId, reader, nobody)
    const subject = { object: 'import', id: importId }
    const runId = await applyJob.start({ importId }, { actor: nobody, title: 'r19.csv', subject })

    for (const kill of [1, 2]) {
      worker = launch('ace.js', ['work'], process.env as Record<string, string>)
      const reached = await reach(importId, random() * LINES * 0.4 * kill, random() * 300)
      worker.kill('SIGKILL')
      await once(worker, 'exit')
      console.log(`killed ${kill} after line ${reached}`)
    }
    worker = launch('ace.js', ['work'], process.env as Record<string, string>)
    const killedAt = Date.now()
    while (!(await runState(runId))!.finished) await pause(200)
    assert.isBelow(Date.now() - killedAt, 90_000)

    const wrong = countOf((index) => index % WRONG_EACH === 0)
    const twins = countOf((index) => index % TWIN_EACH === 1 && index % WRONG_EACH !== 0)
    const done = (await findImport(importId))!
    assert.include(done, { state: 'done', lines: LINES, rejected: wrong, unchanged: 0 })
    assert.equal(done.created + done.updated + done.rejected, LINES)
    assert.equal(done.created, await written())
    assert.equal(done.created, LINES - wrong - repeated())
    assert.isAbove(twins, 0)

    const rejected = (await readAll(read(done.rejectFileId!))).trim().split(/\r?\n/)
    assert.lengthOf(rejected, wrong + 1)
    assert.isTrue(rejected.slice(1).every((line) => /Price: .+/.test(line)))
  }).timeout(170_000)
})

/** A row with the code of the one before, where its number says so. */
const codeOf = (index: number) => `r19-${index % TWIN_EACH === 1 ? index - 1 : index}`

function file() {
  const lines = Array.from({ length: LINES }, (_, index) => {
    const price = index % WRONG_EACH === 0 ? 'dear' : `${index}.50`
    return `${codeOf(index)},Good ${index},Brand ${index % 10},${price}`
  })
  return `code,name,brand,price\n${lines.join('\n')}\n`
}

function countOf(claim: (index: number) => boolean) {
  return Array.from({ length: LINES }, (_, index) => index).filter(claim).length
}

/** Twins that were not alone: a twin of a wrong row creates it. */
function repeated() {
  return countOf(
    (index) => index % TWIN_EACH === 1 && index % WRONG_EACH !== 0 && (index - 1) % WRONG_EACH !== 0
  )
}

async function written() {
  const counted = await row<{ goods: number }>(sql`select count(*) as goods from goods where code like 'r19-%'`)
  return counted!.goods
}

async function reach(importId: number, line: number, moreMs: number) {
  let found = await findImport(importId)
  while (found!.appliedLine < line && found!.state !== 'done') {
    await pause(10)
    found = await findImport(importId)
  }
  await pause(moreMs)
  return (await findImport(importId))!.appliedLine
}

/** Mulberry32; the seed is printed so that a run can be repeated with SEED. */
function seeded(seed: number) {
  console.log(`SEED=${seed}`)
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
