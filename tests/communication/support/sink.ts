import { once } from 'node:events'
import { type AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

export interface Received {
  to: string
  raw: string
  at: number
}

export interface Sink {
  port: number
  received: Received[]
  close: () => Promise<void>
}

export interface Script {
  /** Answers an error instead of taking the mail; called for every mail, from 1. */
  refuse?: (number: number, to: string) => { code: number; message: string } | null
  delayMs?: number
  port?: number
}

/** A mail server of the test that keeps everything and refuses what it is told to. */
export async function aSink({ refuse, delayMs = 0, port = 0 }: Script = {}): Promise<Sink> {
  const received: Received[] = []
  let count = 0
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 500,
    onData(stream, session, answer) {
      const pieces: Buffer[] = []
      stream.on('data', (piece: Buffer) => pieces.push(piece))
      stream.on('end', () => {
        const to = session.envelope.rcptTo[0].address
        const refusal = refuse?.(++count, to)
        const error = refusal && Object.assign(new Error(refusal.message), { responseCode: refusal.code })
        if (!error) received.push({ to, raw: Buffer.concat(pieces).toString('latin1'), at: Date.now() })
        setTimeout(() => answer(error ?? null), delayMs)
      })
    },
  })
  server.on('error', () => {})
  server.listen(port, '127.0.0.1')
  await once(server.server, 'listening')
  return {
    port: (server.server.address() as AddressInfo).port,
    received,
    close: () => new Promise((closed) => server.close(() => closed())),
  }
}

export function headerOf(raw: string, name: string): string | undefined {
  const head = raw.split('\r\n\r\n')[0].replace(/\r\n[ \t]+/g, ' ')
  return new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1]
}
