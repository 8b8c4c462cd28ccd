import { createHmac } from 'node:crypto'

export interface Signed {
  /** The same at every try and every replay: who gets it twice knows it by this. */
  id: string
  /** Seconds since 1970, of this try. */
  timestamp: number
  body: string
}

/** `webhook-id`, `webhook-timestamp` and a `webhook-signature` for each secret that is good now, the present one first. */
export function signatureHeaders({ id, timestamp, body }: Signed, secrets: string[]): Record<string, string> {
  const signatures = secrets.map((secret) => `v1,${signature(`${id}.${timestamp}.${body}`, secret)}`)
  return { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': signatures.join(' ') }
}

function signature(content: string, secret: string) {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  return createHmac('sha256', key).update(content).digest('base64')
}
