import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { type IncomingHttpHeaders } from 'node:http'

/** A message between systems, as Standard Webhooks sign it: `webhook-id`, `webhook-timestamp` and the body. */
export interface Signed {
  /** The same at every try and every replay: who gets it twice knows it by this. */
  id: string
  /** Seconds since 1970, of this try. */
  timestamp: number
  body: string
}

/** An older message is not taken, so that one overheard cannot be sent again later. */
const TOLERANCE_SECONDS = 5 * 60
const SECRET = /^whsec_([A-Za-z0-9+/]+={0,2})$/

/** 256 bits in base64 after a word that tells what it is. */
export const newSigningSecret = () => `whsec_${randomBytes(32).toString('base64')}`

/** Of one root each name has a secret of its own, so that what was signed for one of them proves nothing to another. */
export const signingSecretFrom = (root: string, name: string) => `whsec_${createHmac('sha256', root).update(name).digest('base64')}`

/** What may sign: 24 to 64 bytes in base64 after `whsec_`. */
export function isSigningSecret(text: string): boolean {
  const bytes = keyOf(text)?.length ?? 0
  return bytes >= 24 && bytes <= 64
}

/** Headers of a message on its way out, with a signature for each secret that is good now, the present one first. */
export function signatureHeaders(message: Signed, secrets: string[]): Record<string, string> {
  const signatures = secrets.map((secret) => `v1,${signatureOf(message, secret).toString('base64')}`)
  return { 'webhook-id': message.id, 'webhook-timestamp': String(message.timestamp), 'webhook-signature': signatures.join(' ') }
}

/** Whether a message that came in was signed, just now, with one of the secrets. */
export function isSignedBy(secrets: string[], headers: IncomingHttpHeaders, body: string): boolean {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature } = headers as Record<string, string | undefined>
  if (!id || !signature || !isRecent(timestamp)) return false

  const given = signature.split(' ').filter((one) => one.startsWith('v1,')).map((one) => Buffer.from(one.slice('v1,'.length), 'base64'))
  return secrets.some((secret) => {
    const wanted = signatureOf({ id, timestamp: Number(timestamp), body }, secret)
    return given.some((one) => one.length === wanted.length && timingSafeEqual(one, wanted))
  })
}

function isRecent(timestamp: string | undefined) {
  return /^[1-9]\d{0,11}$/.test(timestamp ?? '') && Math.abs(Date.now() / 1000 - Number(timestamp)) <= TOLERANCE_SECONDS
}

/** A secret that somebody agreed upon before such a form was asked for is a key as it stands. */
function signatureOf({ id, timestamp, body }: Signed, secret: string) {
  return createHmac('sha256', keyOf(secret) ?? secret).update(`${id}.${timestamp}.${body}`).digest()
}

function keyOf(secret: string): Buffer | undefined {
  const [, key] = SECRET.exec(secret) ?? []
  return key ? Buffer.from(key, 'base64') : undefined
}
