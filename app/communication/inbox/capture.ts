import logger from '@adonisjs/core/services/logger'
import { once } from 'node:events'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'
import env from '#start/env'
import { headLines, type Head } from './head_lines.js'
import { store, type Captured } from './store.js'

/** Larger mails are refused, as every mail server does. */
const MAX_BYTES = 10 * 1024 * 1024

/**
 * A real mail server on loopback that keeps what it gets, so that the first start can mail nobody by accident. Where another
 * process of the product listens already, that one keeps the mail. Answers how it is stopped.
 */
export async function startCapture(port = env.get('CAPTURE_SMTP_PORT', 2525)): Promise<() => Promise<void>> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: MAX_BYTES,
    closeTimeout: 2_000,
    logger: false,
    onData: (stream, session, answer) => {
      keep(stream, session).then(() => answer(), answer)
    },
  })
  server.on('error', (error) => logger.debug({ err: error }, 'the capture inbox had trouble with a connection'))
  server.listen(port, '127.0.0.1')
  if (!(await listens(server))) return async () => {}
  return () => new Promise((closed) => server.close(() => closed()))
}

/** `once` rejects with an error that comes instead of what it waits for. */
async function listens({ server }: SMTPServer): Promise<boolean> {
  try {
    await once(server, 'listening')
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    return false
  }
}

async function keep(stream: SMTPServerDataStream, { envelope }: SMTPServerSession) {
  const pieces: Buffer[] = []
  for await (const piece of stream) pieces.push(piece)
  if (stream.sizeExceeded) throw Object.assign(new Error('Message is too large'), { responseCode: 552 })

  const raw = Buffer.concat(pieces)
  const head = headLines(raw)
  const sender = envelope.mailFrom ? envelope.mailFrom.address : ''
  await Promise.all(envelope.rcptTo.map(({ address }) => store(captured(raw, head, sender, address))))
}

function captured(raw: Buffer, head: Head, sender: string, recipient: string): Captured {
  return { raw, sender, recipient, subject: head.subject, messageId: head.messageId, system: head.system }
}
