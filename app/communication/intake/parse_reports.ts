import PostalMime, { type Email } from 'postal-mime'
import { addressIn, blocksOf, fieldsOf } from './fields_of.js'
import { type Report } from './report.js'
import { severity } from './severity.js'

const REPORTERS = /mailer-daemon|postmaster|mail delivery|mail ?delivery ?(sub)?system|\bbounce/i
const RETURNED = /undeliver|returned mail|delivery (status|failure|has failed|notification)|failure notice|mail delivery failed|не доставлено|недоставлен/i
const NO_REPORT = /out of office|auto(matic)?[- ]?repl|автоответ|вне офиса|vacation/i

/** What a returned mail says of ours: RFC 3464 and RFC 5965 first, words where a server writes only those. Other mail says nothing. */
export async function parseReports(raw: Buffer): Promise<Report[]> {
  const mail = await PostalMime.parse(raw, { forceRfc822Attachments: true })
  const complaint = part(mail, 'message/feedback-report')
  if (complaint !== null) return complaints(mail, complaint)
  const status = part(mail, 'message/delivery-status')
  return status !== null ? bounces(mail, status) : bouncesInWords(mail)
}

function bounces(mail: Email, status: string): Report[] {
  const messageId = messageIdOf(mail)
  const recipients = blocksOf(status).filter((fields) => fields.has('final-recipient') || fields.has('action'))
  return recipients
    .filter((fields) => /^(failed|delayed)/i.test(fields.get('action') ?? 'failed'))
    .map((fields) => ({
      kind: severityOf(fields),
      messageId,
      address: addressIn(fields.get('original-recipient')) ?? addressIn(fields.get('final-recipient')),
      note: (fields.get('diagnostic-code') ?? fields.get('status') ?? '').slice(0, 300),
    }))
}

function severityOf(fields: Map<string, string>): Report['kind'] {
  if (/^delayed/i.test(fields.get('action') ?? '')) return 'soft_bounce'
  return severity(fields.get('status') ?? '', fields.get('diagnostic-code') ?? '')
}

function complaints(mail: Email, report: string): Report[] {
  const fields = fieldsOf(report)
  const type = fields.get('feedback-type')?.toLowerCase() ?? 'abuse'
  if (type === 'not-spam' || type === 'auth-failure') return []
  const address = addressIn(fields.get('original-rcpt-to')) ?? addressIn(original(mail).get('to'))
  return [{ kind: 'complaint', messageId: messageIdOf(mail), address, note: type }]
}

/** Servers that answer in prose; the address they mean is named in a header, or is the first one after the failure. */
function bouncesInWords(mail: Email): Report[] {
  const said = `${mail.subject ?? ''}\n${mail.text ?? ''}`
  const from = `${mail.from?.name ?? ''} ${mail.from?.address ?? ''}`
  if (NO_REPORT.test(mail.subject ?? '') || !(REPORTERS.test(from) || RETURNED.test(mail.subject ?? ''))) return []
  const header = mail.headers.find(({ key }) => key === 'x-failed-recipients')?.value
  const address = addressIn(header) ?? addressIn(mail.text?.replace(from, ''))
  return [{ kind: severity('', said), messageId: messageIdOf(mail), address, note: firstLine(mail.text ?? '') }]
}

function messageIdOf(mail: Email): string | null {
  return original(mail).get('message-id') ?? quotedMessageId(mail.text ?? '')
}

/** The head of our own mail, as the report gives it back. */
function original(mail: Email): Map<string, string> {
  const head = part(mail, 'message/rfc822') ?? part(mail, 'text/rfc822-headers') ?? part(mail, 'message/rfc822-headers') ?? ''
  return fieldsOf(head.split(/\r?\n\r?\n/)[0])
}

function quotedMessageId(text: string) {
  return /^[>\s]*Message-ID:\s*(<[^>]+>)/im.exec(text)?.[1] ?? null
}

function part(mail: Email, type: string): string | null {
  const found = mail.attachments.find(({ mimeType }) => mimeType.toLowerCase() === type)
  if (!found) return null
  return typeof found.content === 'string' ? found.content : Buffer.from(found.content as ArrayBuffer).toString()
}

function firstLine(text: string) {
  return (text.split('\n').find((line) => line.trim()) ?? '').trim().slice(0, 300)
}
