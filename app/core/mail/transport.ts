import { createTransport } from 'nodemailer'
import env from '#start/env'

/**
 * The way of system mail: the server that the environment names, else the built-in inbox, which mails nobody. Nothing of a letter is
 * read from disk or fetched, whatever stands in it.
 */
export function openTransport() {
  return createTransport({
    ...address(env.get('SYSTEM_SMTP_URL')?.release()),
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    dnsTimeout: 10_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
}

/** Whether letters leave the machine; false while the built-in inbox keeps them. */
export const mailLeaves = () => Boolean(env.get('SYSTEM_SMTP_URL'))

/** `smtps://` speaks TLS from the start; over `smtp://` a password is said only after STARTTLS. */
export function address(written?: string) {
  if (!written) return { host: '127.0.0.1', port: env.get('CAPTURE_SMTP_PORT', 2525), secure: false, ignoreTLS: true }
  const url = new URL(written)
  if (!['smtp:', 'smtps:'].includes(url.protocol)) throw new Error('SYSTEM_SMTP_URL must begin with smtp:// or smtps://')
  const secure = url.protocol === 'smtps:'
  const auth = url.username ? { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } : undefined
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || (secure ? 465 : 587),
    secure,
    requireTLS: !secure && Boolean(auth),
    auth,
  }
}
