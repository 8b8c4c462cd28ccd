import { request as requestHttp, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import { request as requestHttps } from 'node:https'
import logger from '@adonisjs/core/services/logger'
import { agents } from './agents.js'
import { CallFailed, CallRefused } from './refusals.js'
import { targetOf } from './target.js'

export interface Call {
  url: string
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  headers?: Record<string, string>
  body?: string | Buffer
  /** Milliseconds from the lookup of the name to the last byte; 10 s when not given. */
  timeoutMs?: number
  /** Longest answer, in bytes; 1 MB when not given. */
  maxBytes?: number
  signal?: AbortSignal
}

export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
}

/**
 * The one way out: every call of the product to the outside goes through here, to public addresses only. A redirect is an answer
 * like any other and is not followed. Proxy variables are not looked at. Throws `CallRefused`, `CallFailed`.
 */
export async function call({ url, method = 'GET', headers = {}, body, timeoutMs = 10_000, maxBytes = 1_000_000, signal }: Call): Promise<Answer> {
  const target = targetOf(url)
  const clock = AbortSignal.timeout(timeoutMs)
  const stop = signal ? AbortSignal.any([signal, clock]) : clock
  const started = Date.now()
  const told = { method, host: target.hostname }
  try {
    const answer = await exchange(target, { method, headers, body, maxBytes, stop })
    logger.info({ ...told, status: answer.status, ms: Date.now() - started }, 'called')
    return answer
  } catch (error) {
    const reason = reasonOf(error, clock, signal)
    logger.warn({ ...told, reason, ms: Date.now() - started }, 'a call was not answered')
    throw reason === 'address' ? new CallRefused(reason, told.host) : new CallFailed(reason, told.host, { cause: error })
  }
}

type Exchange = Required<Pick<Call, 'method' | 'headers' | 'maxBytes'>> & { body?: string | Buffer; stop: AbortSignal }

function exchange(target: URL, { method, headers, body, maxBytes, stop }: Exchange): Promise<Answer> {
  const request = target.protocol === 'https:' ? requestHttps : requestHttp
  const agent = agents[target.protocol as keyof typeof agents]
  return new Promise((resolve, reject) => {
    const outgoing = request(target, { method, headers, agent, signal: stop }, (incoming) => {
      whole(incoming, maxBytes).then(resolve, reject)
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

async function whole(incoming: IncomingMessage, maxBytes: number): Promise<Answer> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of incoming) {
    length += part.length
    if (length > maxBytes) throw new TooLarge()
    parts.push(part)
  }
  return { status: incoming.statusCode!, headers: incoming.headers, body: Buffer.concat(parts) }
}

class TooLarge extends Error {}

function reasonOf(error: unknown, clock: AbortSignal, signal?: AbortSignal) {
  if (error instanceof TooLarge) return 'tooLarge'
  if (signal?.aborted) return 'cancelled'
  if (clock.aborted) return 'timeout'
  return String((error as Error).message).includes('is not allowed') ? 'address' : 'unreachable'
}
