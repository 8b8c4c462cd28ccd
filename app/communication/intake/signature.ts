import { createHmac, timingSafeEqual } from 'node:crypto'

const TOLERANCE_SECONDS = 5 * 60

export interface SignedHead {
  id: string | undefined
  timestamp: string | undefined
  /** `v1,<base64>`, several parted by spaces while a secret is rotated. */
  signature: string | undefined
}

/** Standard Webhooks: HMAC-SHA256 over `id.timestamp.body`, not older than five minutes. */
export function signedBy(secret: string, { id, timestamp, signature }: SignedHead, body: string): boolean {
  if (!id || !timestamp || !signature || !/^\d{1,12}$/.test(timestamp)) return false
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > TOLERANCE_SECONDS) return false
  const wanted = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.${body}`).digest()
  return signature.split(' ').some((one) => {
    const given = Buffer.from(one.replace(/^v1,/, ''), 'base64')
    return one.startsWith('v1,') && given.length === wanted.length && timingSafeEqual(given, wanted)
  })
}

function keyOf(secret: string) {
  return secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : Buffer.from(secret)
}
