import { buffer } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { findExport } from '#core/exports'
import { read } from '#core/files'
import { row, sql } from '#core/database'
import { type Visitor } from './visitor.js'

/** The file that a person gets who sends the form of the dialog, and the row that tells of it. */
export async function exported(visitor: Visitor, address: string, form: Record<string, string>) {
  const before = await latest()
  const answer = await visitor.post(address, { reason: 'check', ...form })
  if (answer.status !== 303) return { status: answer.status, words: answer.words }
  const id = await latest()
  if (id === before) throw new Error('nothing was asked for')
  for (;;) {
    const found = (await findExport(id))!
    if (!['waiting', 'running'].includes(found.state)) {
      return { status: 303, found, file: found.fileId ? await buffer(read(found.fileId)) : Buffer.alloc(0) }
    }
    await pause(100)
  }
}

const latest = async () => (await row<{ id: number }>(sql`select coalesce(max(id), 0) as id from exports`))!.id
