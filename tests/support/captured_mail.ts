import { once } from 'node:events'
import { type Group } from '@japa/runner/core'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'

export interface Received {
  to: string
  subject: string
  text: string
  html: string
  /** The raw lines before the first empty one. */
  head: string
}

/** A mail server on the port of the built-in inbox that keeps what it gets in memory. */
export function capturedMail(group: Group) {
  const raw: { to: string; body: Buffer }[] = []
  let refusing = false
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    async onData(stream, { envelope }, done) {
      const pieces: Buffer[] = []
      for await (const piece of stream) pieces.push(piece)
      if (refusing) return done(Object.assign(new Error('Come again later'), { responseCode: 450 }))
      raw.push(...envelope.rcptTo.map(({ address }) => ({ to: address, body: Buffer.concat(pieces) })))
      done()
    },
  })
  group.setup(async () => {
    server.listen(Number(process.env.CAPTURE_SMTP_PORT), '127.0.0.1')
    await once(server.server, 'listening')
    return () => new Promise<void>((closed) => server.close(() => closed()))
  })
  group.each.setup(() => {
    raw.splice(0)
    refusing = false
  })

  return {
    received: () => Promise.all(raw.map(letterOf)),
    /** Until the test is over. */
    refuse: () => void (refusing = true),
  }
}

async function letterOf({ to, body }: { to: string; body: Buffer }): Promise<Received> {
  const { subject = '', text = '', html = '' } = await PostalMime.parse(body)
  const head = body.toString('latin1', 0, body.indexOf('\r\n\r\n'))
  return { to, subject, text, html, head }
}
