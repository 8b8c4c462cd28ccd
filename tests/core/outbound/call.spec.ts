import dns from 'node:dns'
import { createServer, type RequestListener } from 'node:http'
import { syncBuiltinESMExports } from 'node:module'
import { Socket, type AddressInfo } from 'node:net'
import { test } from '@japa/runner'
import { call, CallFailed, CallRefused, type Call } from '#core/outbound'

/** The one address of this machine that the tests let the product call (bin/test_all.ts). */
const PEER = '127.0.0.9'

/** This machine, private networks and the metadata of clouds, in the ways in which they have been smuggled past checks. */
const inside = [
  'https://127.0.0.1/', 'https://127.1/', 'https://2130706433/', 'https://0x7f000001/', 'https://0177.0.0.1/', 'https://0/', 'https://0.0.0.0/',
  'https://localhost/', 'https://LOCALHOST/', 'https://[::1]/', 'https://[::]/', 'https://[::ffff:127.0.0.1]/',
  'https://[::ffff:7f00:1]/', 'https://[64:ff9b::7f00:1]/', 'https://[2002:7f00:1::]/', 'https://[fd00::1]/', 'https://[fe80::1]/',
  'https://10.0.0.1/', 'https://172.16.0.1/', 'https://192.168.1.1/', 'https://100.64.0.1/', 'https://169.254.169.254/latest/meta-data/',
  'https://198.18.0.1/', 'https://224.0.0.1/', 'https://255.255.255.255/', 'https://①②⑦.⓪.⓪.①/', 'https://127。0。0。1/',
]

const misspelt: [url: string, reason: string][] = [
  ['https://example.com@127.0.0.1/', 'credentials'],
  ['https://user:secret@example.com/', 'credentials'],
  ['http://example.com/', 'scheme'],
  ['file:///etc/passwd', 'scheme'],
  ['ftp://example.com/', 'scheme'],
  ['gopher://127.0.0.1:25/', 'scheme'],
  ['data:text/plain,hello', 'scheme'],
  ['https://example.com:22/', 'port'],
  ['https://example.com:5432/', 'port'],
  ['https://', 'url'],
  ['example.com', 'url'],
]

const refusal = async (url: string) => call({ url }).then(() => null, (error) => error)

test.group('Calls to the outside', (group) => {
  const attempts: string[] = []
  const connect: (this: Socket, ...to: unknown[]) => Socket = Socket.prototype.connect as never
  group.each.setup(() => {
    attempts.length = 0
    Socket.prototype.connect = function (this: Socket, ...to: unknown[]) {
      this.on('connectionAttempt', (address: string, port: number) => attempts.push(`${address}:${port}`))
      return connect.apply(this, to)
    } as typeof Socket.prototype.connect
    return () => {
      Socket.prototype.connect = connect as typeof Socket.prototype.connect
    }
  })

  test('U-04 {$self} is not called')
    .with(inside)
    .run(async ({ assert }, url) => {
      const error = await refusal(url)
      assert.instanceOf(error, CallRefused)
      assert.deepEqual(attempts, [])
    })

  test('U-04 {0} is refused for its {1}')
    .with(misspelt)
    .run(async ({ assert }, [url, reason]) => {
      const error = await refusal(url)
      assert.instanceOf(error, CallRefused)
      assert.equal(error.reason, reason)
      assert.deepEqual(attempts, [])
    })

  test('U-04 a public name that leads to a private address is not called', async ({ assert }) => {
    const { lookup } = dns
    const answers = (_name: string, _options: object, answer: (...found: unknown[]) => void) =>
      answer(null, [{ address: '93.184.215.14', family: 4 }, { address: '10.0.0.7', family: 4 }])
    dns.lookup = answers as never
    syncBuiltinESMExports()
    const error = await refusal('https://rebinding.example.com/')
    dns.lookup = lookup
    syncBuiltinESMExports()

    assert.instanceOf(error, CallRefused)
    assert.deepEqual(attempts, [])
  })

  test('an answer is handed over as it came', async ({ assert }) => {
    const peer = await answering((request, response) => {
      let body = ''
      request.on('data', (part) => (body += part))
      request.on('end', () => response.writeHead(201, { 'x-peer': 'yes' }).end(`${request.method} ${request.headers['x-key']} ${body}`))
    })
    const answer = await call({ url: peer.url, method: 'POST', headers: { 'x-key': 'k' }, body: 'привет' })
    peer.close()
    assert.equal(answer.status, 201)
    assert.equal(answer.headers['x-peer'], 'yes')
    assert.equal(answer.body.toString(), 'POST k привет')
  })

  test('U-04 a redirect is not followed', async ({ assert }) => {
    const peer = await answering((_request, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end())
    const answer = await call({ url: peer.url })
    peer.close()
    assert.equal(answer.status, 302)
    assert.deepEqual(attempts, [new URL(peer.url).host])
  })

  test('U-04 proxy variables lead nowhere', async ({ assert }) => {
    const peer = await answering((_request, response) => response.end('direct'))
    process.env.HTTP_PROXY = process.env.http_proxy = 'http://127.0.0.1:1/'
    const answer = await call({ url: peer.url })
    delete process.env.HTTP_PROXY
    delete process.env.http_proxy
    peer.close()
    assert.equal(answer.body.toString(), 'direct')
  })

  test('U-04 a body that is too long or too slow, a peer that hangs up: an error with its reason')
    .with<{ reason: string; peer: RequestListener; limits: Partial<Call> }[]>([
      { reason: 'tooLarge', peer: (_request, response) => response.end(Buffer.alloc(5000)), limits: { maxBytes: 4000 } },
      { reason: 'timeout', peer: (_request, response) => void response.write('…'), limits: { timeoutMs: 200 } },
      { reason: 'timeout', peer: () => {}, limits: { timeoutMs: 200 } },
      { reason: 'unreachable', peer: (request) => request.socket.destroy(), limits: {} },
    ])
    .run(async ({ assert }, { reason, peer: listener, limits }) => {
      const peer = await answering(listener)
      const error = await call({ url: peer.url, ...limits }).then(() => null, (failure) => failure)
      peer.close()
      assert.instanceOf(error, CallFailed)
      assert.equal(error.reason, reason)
    })

  test('a call that is no longer wanted ends', async ({ assert }) => {
    const peer = await answering(() => {})
    const wanted = new AbortController()
    const calling = call({ url: peer.url, signal: wanted.signal }).then(() => null, (failure) => failure)
    wanted.abort()
    assert.equal((await calling).reason, 'cancelled')
    peer.close()
  })
})

async function answering(listener: RequestListener) {
  const server = createServer(listener)
  await new Promise<void>((ready) => server.listen(0, PEER, ready))
  const { port } = server.address() as AddressInfo
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  return { url: `http://${PEER}:${port}/`, close }
}
