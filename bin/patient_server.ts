import { createServer, type IncomingMessage, type RequestListener } from 'node:http'

/**
 * Who has sent no whole head by then gets a 408. On a bad line two packets that were lost one after another still come in time; a browser or a proxy
 * that has connected ahead and said nothing connects anew by itself.
 */
const HEAD_MS = 5_000
/** Longer than proxies keep a connection for its next request, so that it is they who close it. */
const BETWEEN_REQUESTS_MS = 65_000

/** The slowest line on which a body may come; a large file takes as long as it takes. */
const BYTES_A_SECOND = 500
/** Seconds of silence at first, and at most, once much has come: a train in a tunnel. */
const PATIENCE = { first: 10, most: 30 }

const TOO_SLOW = 'HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n'

/** A server that waits for people on bad lines, and not for those who would hold its connections with a sign at a time. */
export function patientServer(listener: RequestListener) {
  const times = { headersTimeout: HEAD_MS, requestTimeout: 0, connectionsCheckingInterval: 1_000, keepAliveTimeout: BETWEEN_REQUESTS_MS }
  return createServer(times, (request, response) => {
    if (hasBody(request)) holdToPace(request)
    listener(request, response)
  })
}

function holdToPace(request: IncomingMessage) {
  const { socket } = request
  let [patience, seen] = [PATIENCE.first, socket.bytesRead]
  const watch = setInterval(() => {
    if (request.complete || socket.destroyed) return clearInterval(watch)
    const { bytesRead } = socket
    patience = Math.min(patience - 1 + (bytesRead - seen) / BYTES_A_SECOND, PATIENCE.most)
    seen = bytesRead
    if (patience <= 0) socket.end(TOO_SLOW, () => socket.destroy())
  }, 1_000).unref()
}

const hasBody = ({ headers }: IncomingMessage) => headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
