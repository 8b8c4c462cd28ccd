import { decodeWords } from 'postal-mime'

export interface Head {
  subject: string
  messageId: string | null
  /** Written by the product to one of its staff (#core/mail). */
  system: boolean
}

/** The lines that the inbox sorts and lists by; the rest is read when a message is opened. */
export function headLines(raw: Buffer): Head {
  const end = raw.indexOf('\r\n\r\n')
  const head = raw.toString('latin1', 0, end < 0 ? raw.length : end).replace(/\r\n[ \t]+/g, ' ')
  const line = (name: string) => new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(head)?.[1].trim()
  return { subject: decodeWords(line('Subject') ?? '').replaceAll('\0', ''), messageId: line('Message-ID') ?? null, system: line('X-Tessera-System') === '1' }
}
