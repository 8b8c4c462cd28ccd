import { Readable } from 'node:stream'
import { row, sql } from '#core/database'

interface StoredFile {
  id: number
  name: string
  contentType: string
  size: number
}

/** A whole file, or undefined when there is none. */
export async function findFile(id: number) {
  return row<StoredFile>(
    sql`select id, name, content_type as "contentType", size from files where id = ${id} and size is not null`
  )
}

/** What was stored, chunk by chunk: it never stands in memory whole. */
export function read(id: number): Readable {
  return Readable.from(chunks(id), { objectMode: false })
}

async function* chunks(id: number) {
  for (let position = 0; ; position++) {
    const chunk = await row<{ body: Buffer }>(
      sql`select body from file_chunks where file_id = ${id} and position = ${position}`
    )
    if (!chunk) return
    yield chunk.body
  }
}
