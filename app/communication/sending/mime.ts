import { domainToASCII } from 'node:url'
import MailComposer from 'nodemailer/lib/mail-composer'
import { encodeWords, foldLines } from 'nodemailer/lib/mime-funcs'
import { type Content } from '../content/draft.js'
import { type Filled } from '../content/letter.js'

/** What differs from one mail of a send to the next. */
interface Addressing {
  to: string
  /** With its brackets. */
  messageId: string
  unsubscribeUrl: string
  at: Date
}

type Slot = 'to' | 'messageId' | 'date' | 'subject' | 'unsubscribe' | 'text' | 'html'

const TEXT = 'the text of the mail'
const HTML = '<p>the html of the mail</p>'

/** Words that stand in the built mail where each recipient's own will stand. */
const marks = {
  to: 'to@slot.invalid',
  messageId: 'message-id@slot.invalid',
  date: 'Thu, 01 Jan 1970 00:00:00 +0000',
  subject: 'slot-of-the-subject',
  unsubscribe: 'https://slot.invalid/unsubscribe',
  text: Buffer.from(TEXT).toString('base64'),
  html: Buffer.from(HTML).toString('base64'),
}

/**
 * The MIME of a send, built once by nodemailer and cut at its slots: building it anew for every recipient costs ten times
 * what sending costs.
 */
export class MimeMould {
  #parts: (string | { slot: Slot })[]

  private constructor(raw: string) {
    this.#parts = cut(raw)
  }

  static async of(content: Content, sendId: number) {
    const composer = new MailComposer({
      from: { name: content.senderName ?? '', address: content.senderEmail },
      replyTo: content.replyTo ?? undefined,
      to: marks.to,
      subject: marks.subject,
      messageId: `<${marks.messageId}>`,
      date: new Date(0),
      text: { content: TEXT, contentTransferEncoding: 'base64' },
      html: { content: HTML, contentTransferEncoding: 'base64' },
      headers: headersOf(content, sendId),
      disableFileAccess: true,
      disableUrlAccess: true,
    })
    return new MimeMould((await composer.compile().build()).toString('latin1'))
  }

  fill({ subject, html, text }: Filled, { to, messageId, unsubscribeUrl, at }: Addressing): Buffer {
    const filled: Record<Slot, string> = {
      to,
      messageId: messageId.slice(1, -1),
      date: at.toUTCString().replace('GMT', '+0000'),
      subject: headerText(subject),
      unsubscribe: unsubscribeUrl,
      text: base64Lines(text),
      html: base64Lines(html),
    }
    let raw = ''
    for (const part of this.#parts) raw += typeof part === 'string' ? part : filled[part.slot]
    return Buffer.from(raw, 'latin1')
  }
}

/** RFC 8058 for advertising; a system message is an answer that nobody subscribed to. */
function headersOf({ class: kind }: Content, sendId: number) {
  const feedback = { 'Feedback-ID': `${sendId}:${kind}:tessera` }
  if (kind === 'system') return { ...feedback, 'Auto-Submitted': 'auto-generated' }
  return {
    ...feedback,
    'Precedence': 'bulk',
    'List-Unsubscribe': { prepared: true, value: `<${marks.unsubscribe}>` },
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  }
}

function cut(raw: string) {
  const slots = Object.entries(marks) as [Slot, string][]
  const pattern = new RegExp(slots.map(([, mark]) => mark.replace(/[^\w ]/g, '\\$&')).join('|'))
  const parts: (string | { slot: Slot })[] = []
  for (let rest = raw; rest; ) {
    const found = pattern.exec(rest)
    if (!found) return [...parts, rest]
    parts.push(rest.slice(0, found.index), { slot: slots.find(([, mark]) => mark === found[0])![0] })
    rest = rest.slice(found.index + found[0].length)
  }
  return parts
}

const PLAIN = /^[\u0020-\u007e]{0,60}$/

function headerText(value: string) {
  if (PLAIN.test(value) && !value.includes('=?')) return value
  return foldLines(`Subject: ${encodeWords(value, 'B', 52, true)}`, 76).slice('Subject: '.length)
}

function base64Lines(text: string) {
  const letters = Buffer.from(text).toString('base64')
  let lines = ''
  for (let at = 0; at < letters.length; at += 76) lines += `${letters.slice(at, at + 76)}\r\n`
  return lines
}

/** An address as SMTP takes it, or null where it cannot be one: only ASCII goes before the @, and no line breaks anywhere. */
export function mailbox(address: string): string | null {
  const at = address.lastIndexOf('@')
  const domain = domainToASCII(address.slice(at + 1))
  const local = address.slice(0, at)
  return at > 0 && domain && /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}$/.test(local) ? `${local}@${domain}` : null
}
