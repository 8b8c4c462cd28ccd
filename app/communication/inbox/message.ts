import PostalMime from 'postal-mime'
import { identifier, row, sql } from '#core/database'
import { NotFound } from '#core/http'
import { inBox, type Box } from './box.js'

export interface Message {
  id: number
  box: Box
  raw: Buffer
  headers: { name: string; value: string }[]
  html: string | null
  text: string | null
}

/** A captured mail, taken apart. Throws `NotFound`. */
export async function messageOf(id: number, box: Box): Promise<Message> {
  const found = await row<{ raw: Buffer }>(sql`select raw from inbox_messages m where id = ${id} and ${inBox(box, identifier('m'))}`)
  if (!found) throw new NotFound()
  const parsed = await PostalMime.parse(found.raw)
  const headers = parsed.headers.map(({ originalKey, value }) => ({ name: originalKey, value }))
  return { id, box, raw: found.raw, headers, html: parsed.html ?? null, text: parsed.text ?? null }
}
