import PostalMime from 'postal-mime'
import { row, sql } from '#core/database'
import { NotFound } from '#core/http'

export interface Message {
  id: number
  raw: Buffer
  headers: { name: string; value: string }[]
  html: string | null
  text: string | null
}

/** A captured mail, taken apart. Throws `NotFound`. */
export async function messageOf(id: number): Promise<Message> {
  const found = await row<{ raw: Buffer }>(sql`select raw from inbox_messages where id = ${id}`)
  if (!found) throw new NotFound()
  const parsed = await PostalMime.parse(found.raw)
  const headers = parsed.headers.map(({ originalKey, value }) => ({ name: originalKey, value }))
  return { id, raw: found.raw, headers, html: parsed.html ?? null, text: parsed.text ?? null }
}
