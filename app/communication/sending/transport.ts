import { createTransport } from 'nodemailer'
import env from '#start/env'
import { type Provider } from './provider.js'

/** Mails of one drainer that the server has been given and that are not yet written down; also its connections. */
export const WINDOW = 20

/** Beside what nodemailer signs by itself: RFC 8058 asks that the signature covers both. */
const SIGNED =
  'From:Reply-To:Subject:Date:Message-ID:To:MIME-Version:Content-Type:Content-Transfer-Encoding:' +
  'List-Unsubscribe:List-Unsubscribe-Post:Precedence:Auto-Submitted:Feedback-ID'

export type Transport = ReturnType<typeof connect>

/** A pool of connections to a provider; nothing is dialled before the first mail. */
export function connect(provider: Provider) {
  const { dkimDomain, dkimSelector, dkimKey, username, password } = provider
  const dkim = dkimDomain && dkimSelector && dkimKey
  return createTransport({
    ...address(provider),
    pool: true,
    maxConnections: WINDOW,
    maxMessages: 1000,
    maxRequeues: 0,
    auth: username ? { user: username, pass: password ?? '' } : undefined,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
    dkim: dkim
      ? { domainName: dkimDomain, keySelector: dkimSelector, privateKey: dkimKey, headerFieldNames: SIGNED }
      : undefined,
  })
}

function address({ kind, host, port, security }: Provider) {
  if (kind === 'capture') {
    return { host: '127.0.0.1', port: env.get('CAPTURE_SMTP_PORT', 2525), secure: false, ignoreTLS: true }
  }
  const secure = security === 'tls'
  return {
    host: host!,
    port: port ?? (secure ? 465 : 587),
    secure,
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
  }
}
