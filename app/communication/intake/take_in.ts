import { createHash } from 'node:crypto'
import { applyReport } from './apply_report.js'
import { messagesIn } from './mailbox.js'
import { parseReports } from './parse_reports.js'

/** What a mailbox of returned mail came to. */
export interface Intake {
  messages: number
  hard_bounce: number
  soft_bounce: number
  complaint: number
  repeated: number
  /** Reports of mails that are not ours, or no longer known. */
  unknown: number
  /** Messages that report nothing. */
  ignored: number
}

/** Reads a mailbox file (mbox or one .eml) and does what its reports ask for. */
export async function takeIn(file: Buffer): Promise<Intake> {
  const intake = { messages: 0, hard_bounce: 0, soft_bounce: 0, complaint: 0, repeated: 0, unknown: 0, ignored: 0 }
  for (const message of messagesIn(file)) await takeInMessage(message, intake)
  return intake
}

async function takeInMessage(message: Buffer, intake: Intake) {
  const key = createHash('sha256').update(message).digest('hex')
  const reports = await parseReports(message)
  intake.messages++
  if (!reports.length) intake.ignored++
  for (const [index, report] of reports.entries()) {
    const applied = await applyReport(report, `${key}:${index}`)
    intake[applied === 'applied' ? report.kind : applied]++
  }
}
