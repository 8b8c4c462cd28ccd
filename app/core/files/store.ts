import { execute, row, sql, type Transaction } from '#core/database'
import { safeName } from './safe_name.js'

const CHUNK_BYTES = 1024 * 1024

interface FileDraft {
  name: string
  contentType?: string
  staffId?: number | null
  /** Bytes; a longer stream is refused with `FileTooLarge`. */
  limit?: number
}

class FileTooLarge extends Error {
  /** Of the answer to whoever sent it. */
  readonly status = 413

  constructor(readonly limit: number) {
    super(`The file is larger than ${limit} bytes`)
  }
}

/**
 * Keeps what a stream brings, a chunk at a time, and answers the file's id. What was not brought to its end is not kept. A short one that stands
 * for nothing by itself is kept in the transaction of what it belongs to.
 */
export async function store(source: AsyncIterable<Buffer | string>, draft: FileDraft, trx?: Transaction): Promise<number> {
  const file = await row<{ id: number }>(
    sql`insert into files (name, content_type, staff_id)
      values (${safeName(draft.name)}, ${draft.contentType ?? 'application/octet-stream'}, ${draft.staffId ?? null})
      returning id`,
    trx
  )
  try {
    const size = await writeChunks(file!.id, source, draft.limit ?? Infinity, trx)
    await execute(sql`update files set size = ${size} where id = ${file!.id}`, trx)
  } catch (error) {
    if (!trx) await removeFile(file!.id)
    throw error
  }
  return file!.id
}

async function writeChunks(id: number, source: AsyncIterable<Buffer | string>, limit: number, trx?: Transaction) {
  let size = 0
  let position = 0
  for await (const chunk of chunked(source)) {
    size += chunk.length
    if (size > limit) throw new FileTooLarge(limit)
    await execute(sql`insert into file_chunks (file_id, position, body) values (${id}, ${position++}, ${chunk})`, trx)
  }
  return size
}

async function* chunked(source: AsyncIterable<Buffer | string>) {
  let parts: Buffer[] = []
  let gathered = 0
  for await (const part of source) {
    let rest = Buffer.from(part as Buffer)
    while (gathered + rest.length >= CHUNK_BYTES) {
      const head = rest.subarray(0, CHUNK_BYTES - gathered)
      yield Buffer.concat([...parts, head])
      rest = rest.subarray(head.length)
      parts = []
      gathered = 0
    }
    if (rest.length) parts.push(rest)
    gathered += rest.length
  }
  if (gathered) yield Buffer.concat(parts)
}

export async function removeFile(id: number) {
  await execute(sql`delete from files where id = ${id}`)
}
