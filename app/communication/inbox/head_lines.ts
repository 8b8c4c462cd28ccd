import { decodeWords } from 'postal-mime'

export interface Head {
  subject: string
  messageId: string | null
}

/** The two lines that the list of the inbox shows; the rest is read when a message is opened. */
export function headLines(raw: Buffer): Head {
  const end = raw.indexOf('\r\n\r\n')
  const head = raw.toString('latin1', 0, end < 0 ? raw.length : end).replace(/\r\n[ \t]+/g, ' ')
  const line = (name: string) => new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(head)?.[1].trim()
  return { subject: decodeWords(line('Subject') ?? '').replaceAll('\0', ''), messageId: line('Message-ID') ?? null }
}
