import PostalMime from 'postal-mime'
import { type Tables } from './oracle_of_tables.ts'

/** A mail that the inbox caught, as its reader sees it. */
export interface Letter {
  id: number
  recipient: string
  subject: string
  html: string
  text: string
  headers: Map<string, string>
  /** Where its links lead, in their order, each once; the unsubscription is not among them. */
  links: string[]
  pixel: string
  unsubscribe: string
}

/** Every mail that came after this one, the oldest first. */
export async function lettersAfter(tables: Tables, id: number): Promise<Letter[]> {
  const found = await tables.all<{ id: number; recipient: string; raw: Buffer }>(
    'select id, recipient, raw from inbox_messages where id > $1 order by id',
    [id]
  )
  return Promise.all(found.map(({ id: own, recipient, raw }) => read(own, recipient, raw)))
}

async function read(id: number, recipient: string, raw: Buffer): Promise<Letter> {
  const { subject = '', html = '', text = '', headers } = await PostalMime.parse(raw)
  return {
    id,
    recipient,
    subject,
    html,
    text,
    headers: new Map(headers.map(({ key, value }) => [key, value])),
    links: [...new Set([...html.matchAll(/href="([^"]*\/l\/[^"]+)"/g)].map(([, url]) => url))],
    pixel: /src="([^"]*\/o\/[^"]+)"/.exec(html)?.[1] ?? '',
    unsubscribe: /<(https?:[^>]+)>/.exec(headers.find(({ key }) => key === 'list-unsubscribe')?.value ?? '')?.[1] ?? '',
  }
}
