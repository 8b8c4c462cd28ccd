import { call } from '#core/outbound'
import { signatureHeaders, unsealed } from '#core/secrets'
import { type Due } from './claim.js'
import { askedPause } from './schedule.js'

/** What came of one try. */
export interface Result {
  milliseconds: number
  /** Of HTTP; null when no answer came. */
  status: number | null
  /** Why it does not count as delivered: `timeout`, `unreachable`, `address`, `status`, ... */
  reason: string | null
  /** The beginning of the answer. */
  answer: string | null
  /** Seconds that the other side asks to be left alone. */
  pause: number
}

const PATIENCE_MS = 20_000
const KEPT = 1000

/** One try. Only an answer of 2xx counts; a redirect is not followed. */
export async function deliver({ webhookId, eventKey, url, body, secrets }: Due): Promise<Result> {
  const started = Date.now()
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Tessera-Webhooks',
    ...signatureHeaders({ id: `msg_${webhookId}_${eventKey}`, timestamp: Math.floor(started / 1000), body }, secrets.map((secret) => unsealed(secret)!)),
  }
  try {
    const { status, body: said, headers: told } = await call({ url, method: 'POST', headers, body, timeoutMs: PATIENCE_MS })
    const isDelivered = status >= 200 && status < 300
    return {
      milliseconds: Date.now() - started,
      status,
      reason: isDelivered ? null : 'status',
      answer: said.toString('utf8').replaceAll('\0', '').slice(0, KEPT) || null,
      pause: askedPause(told['retry-after']),
    }
  } catch (error) {
    const { reason } = error as { reason?: string }
    if (!reason) throw error
    return { milliseconds: Date.now() - started, status: null, reason, answer: null, pause: 0 }
  }
}
